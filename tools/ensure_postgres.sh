#!/bin/sh
# The clinic's tests run on PostgreSQL too, in a cluster of their own.  Install Debian's package when
# that is possible; otherwise fail, loudly.
set -eu
if command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing PostgreSQL for the tests of the clinic"
    # Without this, the package would also start a server that nobody asked for.
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] ||
        echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
    if apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends postgresql >/dev/null; then
        exit 0
    fi
fi
echo "The tests need PostgreSQL and it is missing. Run: sudo apt-get install -y postgresql" >&2
exit 1
