#!/bin/sh
# Runs every test on the embedded PostgreSQL, then on the system's own those database tests that together send every
# construct of SQL (tests/statements.py). pytest's closing line of the whole suite is the last line once more. Any failure, or
# no test at all, fails; so does a branch of kernel, selection, lifecycles, rules, queries or actions that no test
# takes.
set -u
cd "$(dirname "$0")/.."
python=.venv/bin/python
workers=${ANSO_TEST_WORKERS:-3} # for two cores: tests that wait for a browser or a server leave one free
code=0
said=var/log/whole-suite.log
# Tests start a hundred processes; to compile everything anew in each takes longer than most of them.
unset PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX="$PWD/var/bytecode"
statements=var/log/statements.txt

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

$python -m operations database status >/dev/null 2>&1 && was_running=yes
$python -m operations database start >/dev/null || exit 1
echo "The whole suite"
[ $# -gt 0 ] || set -- -p tests.covered
rm -f "$statements"
{
    $python -m pytest -q -n "$workers" --statements "$statements" "$@" </dev/null
    echo $? >"$said.code"
} | tee "$said"
code=$(cat "$said.code")

if [ -n "$system_url" ] && [ -s "$statements" ]; then
    echo "Every construct of SQL on $(on_the_systems version)"
    DATABASE_URL=$system_url $python -m pytest -q -n "$workers" "@$statements" </dev/null || code=$?
fi
echo "The whole suite, as told above"
tail -1 "$said"
exit "$code"
