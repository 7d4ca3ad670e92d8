#!/bin/sh
# Sets up everything that anso needs: a pinned uv in var/uv, the packages of uv.lock in .venv and, for the tests,
# Chromium, fonts and wrk. Quick when nothing changed. Usage: deploy/bootstrap.sh run|dev|browser|bench
set -eu
cd "$(dirname "$0")/.."

UV_VERSION=0.13.9
export UV_PYTHON_DOWNLOADS=never PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
if [ -e /etc/ssl/certs/ca-certificates.crt ]; then export UV_SYSTEM_CERTS=true; fi # an institute's own authority counts
export DEBIAN_FRONTEND=noninteractive
if [ ! -w "${HOME:-/nonexistent}" ]; then export UV_CACHE_DIR="$PWD/var/uv-cache"; fi

say() { printf '%s\n' "$*" >&2; }
fail() { say "$@"; exit 1; }
is_root() { [ "$(id -u)" -eq 0 ]; }

install_by_apt() {
    say "Installing $* …"
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"; } </dev/null >var/log/apt.log 2>&1 ||
        { tail -5 var/log/apt.log >&2; return 1; }
}

find_python() {
    for name in python3 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    fail "anso needs Python 3.11 or newer. On Debian 12: apt install python3"
}

get_uv() {
    if [ -x var/uv/bin/uv ] && [ "$(cat var/uv/version 2>/dev/null)" = "$UV_VERSION" ]; then return; fi
    say "Getting uv $UV_VERSION, which installs the packages …"
    rm -rf var/uv
    python=$(find_python)
    if "$python" -m pip --version >/dev/null 2>&1; then
        "$python" -m pip install -q --target var/uv "uv==$UV_VERSION" </dev/null
    else
        if ! "$python" -c 'import ensurepip' 2>/dev/null; then
            is_root && command -v apt-get >/dev/null || fail \
                "This Python has neither pip nor venv. Ask your administrator: apt install python3-venv"
            install_by_apt python3-venv || fail "python3-venv could not be installed."
        fi
        "$python" -m venv var/uv
        var/uv/bin/python -m pip install -q "uv==$UV_VERSION" </dev/null
    fi
    [ -x var/uv/bin/uv ] || fail "uv $UV_VERSION could not be installed."
    printf '%s' "$UV_VERSION" >var/uv/version
}

# Several commands may start at once in one clone: they take turns.
sync_packages() {
    if [ ! -x .venv/bin/python ]; then
        say "Installing the packages of uv.lock; this happens once …"
        var/uv/bin/uv venv -q --python "$(find_python)" .venv
    fi
    var/uv/bin/uv sync -q --frozen --inexact "$@" </dev/null
}

get_browser() {
    for name in chromium chromium-browser google-chrome; do
        if command -v "$name" >/dev/null 2>&1; then break; fi
        name=
    done
    fonts=
    if command -v fc-list >/dev/null 2>&1 && fc-list 2>/dev/null | grep -qi noto; then fonts=there; fi
    if [ -n "$name" ] && [ -n "$fonts" ]; then return; fi
    if is_root && command -v apt-get >/dev/null; then
        install_by_apt chromium fontconfig fonts-noto-core fonts-noto-cjk ||
            say "Chromium or the fonts could not be installed."
    elif [ -z "$name" ]; then
        say "No Chromium is found and only an administrator can install it; the browser tests need it:"
        say "    apt install chromium fonts-noto-core fonts-noto-cjk"
    fi
}

get_load_generator() {
    command -v wrk >/dev/null 2>&1 && return
    is_root && command -v apt-get >/dev/null || fail "The benches need wrk. Ask your administrator: apt install wrk"
    install_by_apt wrk
}

mkdir -p var/log
if command -v flock >/dev/null 2>&1; then
    exec 9>var/bootstrap.lock
    flock 9
fi
case "${1:-run}" in
run)
    get_uv
    sync_packages --no-dev
    ;;
dev)
    get_uv
    sync_packages
    ;;
browser) get_browser ;;
bench) get_load_generator ;;
*) fail "Usage: $0 run|dev|browser|bench" ;;
esac
