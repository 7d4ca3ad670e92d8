"""Nothing stands in the product that nobody uses: vulture over ``src``, which here also sees what
templates, settings and registers name in text. Tests are no users.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from vulture import Vulture
from vulture.core import Item

SOURCE = Path(__file__).resolve().parents[2] / "src"
WORD = re.compile(r"[A-Za-z_]\w*")
IN_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
DOTTED = re.compile(r"[\w.]+[.:](\w+)")
HOW = "Take out what nobody uses; it comes back with what needs it. Tests are no users."

# Called by a library, by name; what is ours never stands here.
CALLED_BY_NAME = {
    "Django": "Meta Command handle add_arguments ready default_auto_field app_name urlpatterns "
    "process_view process_exception handler400 handler403 handler404 handler500 create_superuser "
    "USERNAME_FIELD REQUIRED_FIELDS EMAIL_FIELD indexes verbose_name "
    "get_model_class _get_session_auth_hash get_user "
    "pre_save num_pages _mutable _session_key app_configs initial help health_check_done *Config",
    "django-allauth": "send_mail send_notification_mail is_open_for_signup save_user post_login "
    "generate_authenticator_name sociallogin",
    "HiGHS, whose problem is filled by attributes": "num_col_ num_row_ col_cost_ col_lower_ "
    "col_upper_ row_lower_ row_upper_ format_ start_ index_ value_ integrality_",
    "procrastinate, which tells a periodic job when it was due": "timestamp",
    "pikepdf, whose page is filled by attributes": "Contents Resources",
    "Pillow and fontTools, which read these limits and options": "MAX_IMAGE_PIXELS drop_tables",
}
DECORATORS = ["@register.*", "@app.task", "@app.periodic", "@receiver*"]

# Found by a name that is put together while running. Each file with how.
PUT_TOGETHER = {
    "anso/demonstration/answers.py": "methods are found by a question's key or type",
    "anso/governance/management/commands/mandates.py": "methods are found by the word typed",
}
# Kept although nobody reads it yet. Each with why.
KEPT = {
    "plan_section": "a kind says which section of the strategic plan it carries out",
    "Among": "a lookup: queries name it by its word “among”",
    "lookup_name": "read by Django, of a lookup",
    "prepare_rhs": "read by Django, of a lookup",
    "as_sql": "called by Django, of a lookup",
}


def strings_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def is_enum(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and any(
        ast.unparse(base).endswith(("Enum", "Choices")) for base in node.bases
    )


def members_of_enums(tree: ast.AST) -> set[int]:
    """Lines of choices: a choice is used when somebody chooses it."""
    return {
        line.lineno
        for node in ast.walk(tree)
        if is_enum(node)
        for line in ast.walk(node)
        if isinstance(line, ast.Assign)
    }


def names_in_templates(folder: Path) -> set[str]:
    texts = (p.read_text() for p in folder.rglob("templates/**/*") if p.suffix in {".html", ".txt"})
    return {
        word for text in texts for tag in IN_TEMPLATE.findall(text) for word in WORD.findall(tag)
    }


def words_of_library(root: Path) -> set[str]:
    """``selection`` is a library of its own: what its pages show and the benches call is used."""
    pages = [*(root / "docs" / "selection").glob("*.md"), *(root / "bench").rglob("*.py")]
    return {word for page in pages for word in WORD.findall(page.read_text())}


def keywords_in(tree: ast.AST) -> set[str]:
    """Names by which values are handed over: so the columns of rows are written."""
    return {
        node.arg.removesuffix("_id")
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg
    }


class Product:
    """What the sources of a folder define and name, gathered once."""

    def __init__(self, folder: Path, library: set[str] = frozenset()) -> None:  # type: ignore[assignment]
        self.folder, self.library = folder, library
        ignored = " ".join(CALLED_BY_NAME.values()).split()
        self.vulture = Vulture(ignore_names=ignored, ignore_decorators=DECORATORS)
        self.named: set[str] = set()
        self.written: set[str] = set()
        self.choices: set[tuple[Path, int]] = set()
        for path in sorted(folder.rglob("*.py")):
            if "migrations" not in path.parts:
                self.read(path)
        self.vulture.used_names.update(names_in_templates(folder))

    def read(self, path: Path) -> None:
        tree = ast.parse(path.read_text())
        self.vulture.scan(path.read_text(), filename=path)
        self.choices |= {(path, line) for line in members_of_enums(tree)}
        self.written |= keywords_in(tree)
        for text in strings_in(tree):
            self.named |= {word.removesuffix("_id") for word in re.split(r"__|\W", text)}
            self.vulture.used_names.update(DOTTED.findall(text) if DOTTED.fullmatch(text) else ())

    def is_used_otherwise(self, path: Path, item: Item) -> bool:
        place = path.relative_to(self.folder).as_posix()
        is_value = item.typ in {"variable", "attribute"}
        return (
            (path, item.first_lineno) in self.choices
            or (is_value and path.name == "settings.py")
            or (is_value and item.name in self.named)
            or (is_value and path.name == "models.py" and item.name in self.written)
            or (item.typ == "method" and place in PUT_TOGETHER)
            or ("selection" in path.parts and item.name in self.library)
        )

    def unused(self) -> dict[str, str]:
        """What is used nowhere, with its place.

        A class or function may be named by its whole dotted path in a text (settings, registers), a
        column also by its bare name (fields of a query) or as a keyword (a row that is written).
        """
        return {
            item.name: f"{path.relative_to(self.folder)}:{item.first_lineno} {item.typ}"
            for item in self.vulture.get_unused_code(min_confidence=60)
            if not self.is_used_otherwise(path := Path(item.filename), item)
        }


@pytest.mark.parametrize(
    "planted",
    [
        "def nobody_calls_me() -> None: ...",
        "class NobodyMakesMe: ...",
        "class Kind:\n    def nobody_asks(self) -> None: ...\n\n\nKind()",
        "NOBODY_READS_ME = 5",
        "class Row(NamedTuple):\n    nobody_looks: int\n\n\nRow(nobody_looks=1)",
    ],
)
def test_planted_dead_code_is_found(tmp_path: Path, planted: str) -> None:
    (tmp_path / "queries.py").write_text(planted)
    (name,) = Product(tmp_path).unused()
    assert "obody" in name.lower()


def test_what_templates_settings_and_rows_name_is_used(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(
        "{% if row.is_late %}{{ row.words }}{% endif %}"
    )
    (tmp_path / "views.py").write_text("class Row:\n    is_late = True\n    def words(self): ...")
    (tmp_path / "settings.py").write_text('ROW = "app.views.Row"')
    assert Product(tmp_path).unused() == {}


def test_nothing_stands_in_the_product_that_nobody_uses() -> None:
    unused = Product(SOURCE, words_of_library(SOURCE.parent)).unused()
    assert {name: place for name, place in unused.items() if name not in KEPT} == {}, HOW
    assert KEPT.keys() <= unused.keys(), "used by now: it needs no leave to stay"
