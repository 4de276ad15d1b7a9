#!/usr/bin/env bash
# ImSDK.dll on Debian: built with Debian's own Rust and mingw, packed as Windows developers expect it, tested under Wine.
#
#   windows.sh build       build/windows/imsdk-VERSION-windows.zip, and unpacked build/windows/package
#   windows.sh inspect     what the libraries there export and import
#   windows.sh test        the tests, after `make library`; says so where there is no Wine
#
# What is needed is installed by `need.sh windows` and `need.sh windows-test`.
set -euo pipefail
cd "$(dirname "$0")/.."

out=${CARGO_TARGET_DIR:-target}/windows
place=build/windows
package=$place/package
version=$(sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' Cargo.toml)

# The targets of Windows 7 do without bcryptprimitives.dll, which older Wines lack. Their standard library is compiled from its sources.
targets=(x86_64-win7-windows-gnu i686-win7-windows-gnu)

compiler() { echo "${1%%-*}-w64-mingw32"; }

# Where the libraries of a target lie in the package: `directory TARGET bin`.
directory() {
    case $1 in
    x86_64-*) echo "$package/$2" ;;
    *) echo "$package/$2/x86" ;;
    esac
}

# As a DLL alone: beside other kinds of library cargo leaves link-time optimization out.
compile() {
    local variable=${1//-/_} tool
    tool=$(compiler "$1")
    env RUSTC_BOOTSTRAP=1 "RUSTC=$(dpkg -L rustc-web | grep '^/usr/bin/rustc$')" "CARGO_TARGET_${variable^^}_LINKER=$tool-gcc" \
        "CC_$variable=$tool-gcc" "AR_$variable=$tool-ar" "CROSS_COMPILE=$tool-" "$(dpkg -L cargo-web | grep '^/usr/bin/cargo$')" \
        rustc --release -p imsdk --lib --crate-type cdylib -Z "build-std=std,panic_unwind" --target "$1" --target-dir "$out/${1%%-*}"
}

build() {
    local target job jobs=()
    # At once, each in a directory of its own: each ends with some minutes on one core.
    for target in "${targets[@]}"; do
        compile "$target" &
        jobs+=($!)
    done
    for job in "${jobs[@]}"; do wait "$job"; done

    rm -rf "$package"
    mkdir -p "$package/include" "$package/lib/cmake/ImSDK"
    for target in "${targets[@]}"; do
        local bin lib made=$out/${target%%-*}/$target/release
        bin=$(directory "$target" bin) lib=$(directory "$target" lib)
        mkdir -p "$bin" "$lib"
        install -m 644 "$made/ImSDK.dll" "$bin/"
        install -m 644 "$made/libImSDK.dll.a" "$lib/"
        { echo "LIBRARY ImSDK.dll"; echo EXPORTS; exports "$bin/ImSDK.dll"; } >"$place/ImSDK.def"
        case $target in
        x86_64-*) llvm-dlltool -m i386:x86-64 -d "$place/ImSDK.def" -l "$lib/ImSDK.lib" ;;
        *) llvm-dlltool -m i386 -d "$place/ImSDK.def" -l "$lib/ImSDK.lib" ;;
        esac
    done
    install -m 644 include/*.h "$package/include/"
    install -m 644 cmake/ImSDKConfig*.cmake "$package/lib/cmake/ImSDK/"
    install -m 644 README.md LICENSE-APACHE LICENSE-MIT "$package/"
    local name=imsdk-$version-windows
    rm -f "$place/$name.zip" "$place/$name"
    ln -s package "$place/$name"
    (cd "$place" && zip -q -r "$name.zip" "$name")
    rm "$place/$name"
    echo "Made $place/$name.zip"
}

exports() {
    "$(compiler x86_64-)-objdump" -p "$1" |
        awk '/^\[Ordinal\/Name Pointer\] Table/ { table = 1; next } NF == 0 { table = 0 } table { print $NF }' | sort
}

# The same functions as the library of this system, which the tests hold to the headers; and nothing that a Windows does not have.
inspect() {
    local target dll wanted foreign resource entry
    wanted=$(nm -D --defined-only build/stage/lib/libImSDK.so | awk '{ print $3 }' | sort)
    for target in "${targets[@]}"; do
        dll=$(directory "$target" bin)/ImSDK.dll
        diff <(echo "$wanted") <(exports "$dll") || { echo "$dll has other functions than libImSDK.so" >&2; exit 1; }
        foreign=$("$(compiler "$target")-objdump" -p "$dll" | sed -n 's/.*DLL Name: //p' |
            grep -viE '^(advapi32|bcrypt|combase|crypt32|kernel32|msvcrt|ntdll|shell32|user32|userenv|ws2_32)\.dll$') || true
        if [ -n "$foreign" ]; then
            echo "$dll imports what a system may not have:" "$foreign" >&2
            exit 1
        fi
        resource=$("$(compiler "$target")-windres" -i "$dll" -O rc) || true
        for entry in "FILEVERSION ${version//./, }, 0" "VALUE \"FileVersion\", \"$version\"" "VALUE \"OriginalFilename\", \"ImSDK.dll\""; do
            grep -qF "$entry" <<<"$resource" || { echo "$dll has no $entry among its resources" >&2; exit 1; }
        done
        echo "$dll: version $version; $(echo "$wanted" | wc -l) functions, as in libImSDK.so; imports the system's libraries alone"
    done
    [ "$(file_kind "$package/bin/ImSDK.dll") $(file_kind "$package/bin/x86/ImSDK.dll")" = "x86-64 i386" ]
}

file_kind() { "$(compiler x86_64-)-objdump" -f "$1" | sed -n 's/.*file format pei\?-//p'; }

# JsonCpp for mingw, which Debian does not have: from its source package.
jsoncpp() {
    local to=$place/jsoncpp
    [ ! -e "$to/lib/libjsoncpp.a" ] || return 0
    local from=$place/jsoncpp-source lists
    rm -rf "$from" "$to"
    mkdir -p "$from/lists/partial" "$from/cache/archives/partial" "$to/lib/pkgconfig"
    lists=$PWD/$from
    apt-cache policy libjsoncpp-dev |
        sed -n 's|^ *[0-9]* \(http[^ ]*\) \([^ /]*\)/\([^ ]*\) .*|deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] \1 \2 \3|p' |
        sort -u >"$from/sources.list"
    local apt=(apt-get -q -o "Dir::Etc::sourcelist=$lists/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$lists/lists"
        -o "Dir::Cache=$lists/cache" -o APT::Sandbox::User=)
    "${apt[@]}" update
    (cd "$from" && "${apt[@]}" source --download-only libjsoncpp-dev)
    tar -xzf "$from"/libjsoncpp_*.orig.tar.gz -C "$from" --strip-components 1
    local source
    for source in reader value writer; do
        "$(compiler x86_64-)-g++" -O1 -I"$from/include" -c "$from/src/lib_json/json_$source.cpp" -o "$from/$source.o"
    done
    "$(compiler x86_64-)-ar" rcs "$to/lib/libjsoncpp.a" "$from"/{reader,value,writer}.o
    cp -r "$from/include" "$to/"
    printf '%s\n' "prefix=$PWD/$to" "Name: jsoncpp" "Description: JSON for C++" "Version: 1" \
        "Cflags: -I\${prefix}/include" "Libs: -L\${prefix}/lib -ljsoncpp" >"$to/lib/pkgconfig/jsoncpp.pc"
    rm -rf "$from"
}

# The headers and import libraries with compiler and linker of the other kind: clang as it is for MSVC, without anything of an SDK but
# what ends a process.
msvc() {
    local to=$place/msvc target
    mkdir -p "$to"
    for target in "${targets[@]}"; do
        clang --target="${target%%-*}-pc-windows-msvc" -std=c99 -Wall -Wextra -Werror -pedantic -ffreestanding -I"$package/include" \
            -c tests/windows/msvc.c -o "$to/msvc.obj"
        lld-link /nologo /nodefaultlib /safeseh:no /entry:start /subsystem:console "/out:$to/${target%%-*}.exe" "$to/msvc.obj" \
            "$(directory "$target" lib)/ImSDK.lib" "/usr/$(compiler "${target%%-*}-")/lib/libkernel32.a"
    done
    clang --target=x86_64-pc-windows-msvc --driver-mode=cl -std:c++17 -W4 -WX -Zs -X -imsvc "$(clang -print-resource-dir)/include" \
        -I"$package/include" tests/windows/msvc.c -TP
    cp "$package/bin/ImSDK.dll" "$to/"
}

# The examples as a user of the package builds them with mingw and CMake, and by the very line that the README shows.
examples() {
    PKG_CONFIG_LIBDIR=$PWD/$place/jsoncpp/lib/pkgconfig cmake -S c_examples -B "$place/examples" -DCMAKE_SYSTEM_NAME=Windows \
        -DCMAKE_C_COMPILER="$(compiler x86_64-)-gcc" -DCMAKE_CXX_COMPILER="$(compiler x86_64-)-g++" \
        -DCMAKE_PREFIX_PATH="$PWD/$package" -DCMAKE_EXE_LINKER_FLAGS=-static
    cmake --build "$place/examples"
    echo "The README's line:"
    local line
    line=$(sed -n 's/.*With mingw: `g++ \([^`]*\)`.*/\1/p' README.md)
    line=${line//zip\//$package/}
    (set -x; eval "$(compiler x86_64-)-g++ ${line/app.cpp/-x c++ c_examples/hello.c -x none} -o $place/hello.exe")
    "$(compiler x86_64-)-objdump" -p "$place/hello.exe" | grep 'DLL Name: ImSDK.dll'
}

# The first program that asks for the desktop brings up an explorer, which holds on to that program's output as long as anybody uses the
# desktop: a test would wait in vain for the end of it. So a program that stays comes first of all, and is waited for.
desktop() {
    local waited
    "$(compiler x86_64-)-gcc" tests/windows/desktop.c -o "$place/desktop.exe" -luser32
    "$wine" "$place/desktop.exe" </dev/null >"$prefix/desktop" 2>&1 &
    for ((waited = 0; waited < 600; waited++)); do
        ! grep -q here "$prefix/desktop" || return 0
        sleep 0.1
    done
    echo "Wine has no desktop:" >&2
    cat "$prefix/desktop" >&2
    return 1
}

run_tests() {
    inspect
    jsoncpp
    msvc
    examples
    local wine
    wine=$(dpkg -L wine64 2>/dev/null | grep '/lib/.*/wine64$' | head -n 1) || true
    if [ -z "$wine" ]; then
        cat <<'TEXT'

##############################################################################
##  ImSDK.dll WAS BUILT AND INSPECTED, BUT NOT TESTED: NO WINE IS HERE.      ##
##  Install the package wine64 and call `make windows-test`.                  ##
##############################################################################
TEXT
        return 0
    fi
    prefix=$(mktemp -d)
    export WINEPREFIX=$prefix/wine WINEDEBUG=-all WINEDLLOVERRIDES="mscoree=;mshtml=;winemenubuilder.exe="
    server=$(dirname "$wine")/wineserver64
    trap '"$server" -k || true; rm -rf "$prefix"' EXIT
    timeout 120 "$wine" wineboot -i >/dev/null 2>&1
    # Windows that nobody sees: no display is needed.
    timeout 60 "$wine" reg add 'HKCU\Software\Wine\Drivers' /v Graphics /d null /f >/dev/null 2>&1
    "$server" -k
    "$server" -w
    "$server" -p
    desktop
    export IMSDK_TEST_WINE=$wine IMSDK_TEST_WINDOWS=$PWD/$package IMSDK_TEST_JSONCPP=$PWD/$place/jsoncpp
    (cd "$place/msvc" && timeout 60 "$wine" x86_64.exe)
    # Of the workspace: as `make unit` has built them. Signals and terminals are not Windows'; how processes fork is not either.
    cargo test --workspace --test windows -- --include-ignored
    cargo test --workspace --test examples -- --skip chat_ends_in_order --skip chat_keeps_the_prompt_whole
    cargo test --workspace --test boundary -- --skip processes_load_leave_and_fork
    echo "ImSDK.dll has passed its tests under Wine."
}

case ${1-} in
build) build ;;
inspect) inspect ;;
test) run_tests ;;
*)
    sed -n '4,8s/^# \{0,1\}//p' "$0"
    exit 2
    ;;
esac
