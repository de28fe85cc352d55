#!/bin/sh
# The browser tests drive Debian's Chromium.  Install it when that is possible; otherwise fail, loudly.
set -eu
if command -v chromium >/dev/null || command -v chromium-browser >/dev/null; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing Chromium for the browser tests"
    if apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends chromium >/dev/null; then
        exit 0
    fi
fi
echo "The browser tests need Chromium and it is missing. Run: sudo apt-get install -y chromium" >&2
exit 1
