#!/bin/sh
# Writes .run/uv.sh, which calls uv: the one on PATH, or a pinned one installed under .run.
# uv makes the virtual environment itself, so Debian's python3-venv is not needed when pip is there.
set -eu
version=$1
here=$(pwd)
mkdir -p .run

write() {
    printf '#!/bin/sh\nexec %s "$@"\n' "$1" >.run/uv.sh
    chmod +x .run/uv.sh
}

if found=$(command -v uv); then
    write "\"$found\""
    exit 0
fi
if ! command -v python3 >/dev/null; then
    echo "Python 3.11 or newer is needed. On Debian: sudo apt-get install -y python3 python3-venv" >&2
    exit 1
fi
if python3 -m venv .run/uv >/dev/null 2>&1; then
    .run/uv/bin/pip install --quiet "uv==$version"
    write "\"$here/.run/uv/bin/uv\""
elif python3 -m pip --version >/dev/null 2>&1; then
    rm -rf .run/uv
    python3 -m pip install --quiet --target .run/uv "uv==$version"
    write "\"$here/.run/uv/bin/uv\""
else
    rm -rf .run/uv
    echo "Neither venv nor pip is here to fetch uv. Run: sudo apt-get install -y python3-venv" >&2
    exit 1
fi
