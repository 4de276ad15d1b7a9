# find_package(ImSDK) gives the target ImSDK::ImSDK: the shared library and its headers.
#
# The package lies in <prefix>/share/cmake/ImSDK or <prefix>/lib/cmake/ImSDK. Everything is found from there, so an
# installed tree may be moved.

get_filename_component(_imsdk_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)

find_path(ImSDK_INCLUDE_DIR TIMCloud.h
    PATHS "${_imsdk_prefix}/include" PATH_SUFFIXES imsdk
    NO_DEFAULT_PATH)
# On Windows programs link to the import library; the DLL itself lies in bin. Those of 32 bits are in a directory x86.
set(_imsdk_bits "")
if(WIN32 AND CMAKE_SIZEOF_VOID_P EQUAL 4)
    set(_imsdk_bits "/x86")
endif()
find_library(ImSDK_LIBRARY NAMES ImSDK ImSDK.dll
    PATHS "${_imsdk_prefix}" PATH_SUFFIXES "lib/${CMAKE_LIBRARY_ARCHITECTURE}" "lib${_imsdk_bits}" lib64
    NO_DEFAULT_PATH)
mark_as_advanced(ImSDK_INCLUDE_DIR ImSDK_LIBRARY)

if(ImSDK_INCLUDE_DIR AND ImSDK_LIBRARY)
    set(ImSDK_FOUND TRUE)
    if(NOT TARGET ImSDK::ImSDK)
        add_library(ImSDK::ImSDK SHARED IMPORTED)
        set_target_properties(ImSDK::ImSDK PROPERTIES
            INTERFACE_INCLUDE_DIRECTORIES "${ImSDK_INCLUDE_DIR}"
            IMPORTED_LOCATION "${ImSDK_LIBRARY}")
        if(WIN32)
            find_file(ImSDK_DLL ImSDK.dll PATHS "${_imsdk_prefix}/bin${_imsdk_bits}" NO_DEFAULT_PATH)
            mark_as_advanced(ImSDK_DLL)
            set_target_properties(ImSDK::ImSDK PROPERTIES
                IMPORTED_LOCATION "${ImSDK_DLL}"
                IMPORTED_IMPLIB "${ImSDK_LIBRARY}")
        endif()
    endif()
else()
    set(ImSDK_FOUND FALSE)
    set(ImSDK_NOT_FOUND_MESSAGE "no library or no TIMCloud.h below ${_imsdk_prefix}")
endif()

unset(_imsdk_bits)
unset(_imsdk_prefix)
