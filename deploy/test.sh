#!/bin/sh
# Runs every test: the database tests on the system's PostgreSQL first, each with its first parameters, then the whole suite on the embedded one, so
# that pytest's closing line of the whole suite is the last line. Any failure, or no test at all, fails; so does a branch
# of kernel, selection, lifecycles, rules, queries or actions that no test takes (pyproject.toml, tool.coverage.report).
set -u
cd "$(dirname "$0")/.."
python=.venv/bin/python
workers=${ANSO_TEST_WORKERS:-2}
code=0

was_running=no
stop_what_we_started() {
    [ -n "${system_url:-}" ] && on_the_systems stop >/dev/null 2>&1
    [ "$was_running" = yes ] || $python -m operations database stop >/dev/null 2>&1
}
trap stop_what_we_started EXIT
trap 'exit 130' INT TERM HUP

# The system's PostgreSQL, the oldest from 15 on: a throw-away cluster of our own, never the one that the machine may
# already run.
on_the_systems() { ANSO_POSTGRESQL=$binaries ANSO_VAR=var/system-postgresql $python -m operations database "$@"; }
system_url=
binaries=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | awk -F/ '$5 >= 15' | head -1)
if [ -z "$binaries" ]; then
    echo "Database tests on the system's PostgreSQL are skipped: none from 15 on is under /usr/lib/postgresql"
elif ! system_url=$(on_the_systems url 2>var/log/system-postgresql.log); then
    echo "Database tests on the system's PostgreSQL are skipped: $(tail -1 var/log/system-postgresql.log)"
    system_url=
fi
if [ -n "$system_url" ]; then
    echo "Database tests on $(on_the_systems version)"
    DATABASE_URL=$system_url $python -m pytest -q -n "$workers" -m "database and not browser and not slow and not mutant and not repeated" </dev/null || code=$?
fi

$python -m operations database status >/dev/null 2>&1 && was_running=yes
$python -m operations database start >/dev/null || exit 1
echo "The whole suite"
[ $# -gt 0 ] || set -- --cov --cov-report=term-missing:skip-covered
$python -m pytest -q -n "$workers" "$@" </dev/null || code=$?
exit "$code"
