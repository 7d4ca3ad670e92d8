#!/bin/sh
# Formatting, lint, types, import contracts, requirements, architecture tests: runs all, then says which failed.
set -u
cd "$(dirname "$0")/.." || exit 1
failed=

check() {
    echo "== $*"
    "$@" </dev/null || failed="$failed\n  $*"
}

check .venv/bin/ruff format --check .
check .venv/bin/ruff check .
check .venv/bin/djangofmt --check --quiet src/anso
check .venv/bin/mypy
check .venv/bin/lint-imports
check .venv/bin/deptry src
check .venv/bin/deptry src tests bench --non-dev-dependency-groups dev
check .venv/bin/python -m pytest -q tests/architecture
[ -z "$failed" ] || { printf "These checks failed:$failed\n" >&2; exit 1; }
