#!/bin/sh
# Formatting, lint, types, import contracts, requirements, architecture tests: runs all, then says which failed.
# Types take as long as all others together and one core, so they are looked at meanwhile and told last.
set -u
cd "$(dirname "$0")/.." || exit 1
failed=
types=$(mktemp)
trap 'rm -f "$types"' EXIT

check() {
    echo "== $*"
    "$@" </dev/null || failed="$failed\n  $*"
}

mypy() { wait "$looking" || said=$?; cat "$types"; return "${said:-0}"; }

.venv/bin/mypy </dev/null >"$types" 2>&1 &
looking=$!
check .venv/bin/ruff format --check .
check .venv/bin/ruff check .
check .venv/bin/djangofmt --check --quiet src/anso
check .venv/bin/lint-imports
check .venv/bin/deptry src
check .venv/bin/deptry src tests bench --non-dev-dependency-groups dev
# The build runs every test right after this.
[ -n "${CI:-}" ] || check .venv/bin/python -m pytest -q tests/architecture
check mypy
[ -z "$failed" ] || { printf "These checks failed:$failed\n" >&2; exit 1; }
