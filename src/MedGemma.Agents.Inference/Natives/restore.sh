#!/bin/sh
# Brings the native engine's libraries, from the packages that package-lock.json beside this file names with their SHA-512, into linux-x64/ beside it;
# with --cuda the CUDA backends too. It needs npm and the package registry. 'medgemma models doctor' says when to run it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
omit=--omit=optional
[ "${1:-}" != --cuda ] || omit=
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/package.json" "$here/package-lock.json" "$work"
cd "$work"
npm ci $omit --ignore-scripts --no-audit --no-fund --loglevel=error
packages=node_modules/@node-llama-cpp
mkdir -p "$here/linux-x64"

# A library that a running process has mapped is replaced, not written to.
bring() { cp --remove-destination "$1" "$here/linux-x64/$2"; }
for library in "$packages"/linux-x64/bins/linux-x64/*.so; do
  [ "${library##*/}" = libllama-common.so ] || bring "$library" "${library##*/}"
done
bring "$packages/linux-x64/LICENSE" LICENSE
if [ -z "$omit" ]; then
  bring "$packages/linux-x64-cuda/bins/linux-x64-cuda/libggml-cuda.so" libggml-cuda.13.so
  bring "$packages/linux-x64-cuda-ext/bins/linux-x64-cuda/fallback/libggml-cuda.so" libggml-cuda.12.so
fi
