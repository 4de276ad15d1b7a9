#!/bin/sh
# Installs the release library, its headers and the files by which CMake and pkg-config find them. `cargo cinstall`
# does the same where cargo-c is at hand; this needs nothing.
#   install.sh PREFIX        $DESTDIR is put before it; a relative one starts in the current directory
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
prefix=$1
# What is written into files must hold wherever they are read.
case $prefix in
    /*) ;;
    *)
        if [ -n "${DESTDIR-}" ]; then
            echo "With DESTDIR the prefix must begin with /: $prefix" >&2
            exit 1
        fi
        mkdir -p "$prefix"
        prefix=$(cd "$prefix" && pwd)
        ;;
esac
to=${DESTDIR-}$prefix
release=${CARGO_TARGET_DIR:-$root/target}/release
version=$(sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' "$root/Cargo.toml")

if ! [ -e "$release/libImSDK.a" ]; then
    echo "There is no library in $release yet: make library" >&2
    exit 1
fi
mkdir -p "$to/include" "$to/lib/cmake/ImSDK" "$to/lib/pkgconfig"
for library in libImSDK.so libImSDK.dylib; do
    if [ -e "$release/$library" ]; then install -p -m 755 "$release/$library" "$to/lib/"; fi
done
install -p -m 644 "$release/libImSDK.a" "$to/lib/"
install -p -m 644 "$root"/include/*.h "$to/include/"
install -p -m 644 "$root"/cmake/ImSDKConfig*.cmake "$to/lib/cmake/ImSDK/"
cat >"$to/lib/pkgconfig/imsdk.pc" <<TEXT
prefix=$prefix
libdir=\${prefix}/lib
includedir=\${prefix}/include

Name: imsdk
Description: The TIM C interface with a service of your own
Version: $version
Libs: -L\${libdir} -lImSDK
Libs.private: -lgcc_s -lm -lpthread -ldl
Cflags: -I\${includedir}
TEXT
echo "Installed in $to"
