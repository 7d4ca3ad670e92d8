"""Every sentence with which the product says no, or finds a fault, is marked for translation, and
reads in Arabic without a Latin word other than a name. No template has words outside a translation.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from django.utils import translation

from anso.kernel import errors

SOURCE = Path(__file__).resolve().parents[2] / "src" / "anso"
MARKS = {"gettext_noop", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "_"}
ERRORS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.ProductError)
}
# Where the sentence stands among the arguments of what carries it.
PLACES = dict.fromkeys(ERRORS, 0) | {"Message": 1, "Reason": 1, "refuse": 1}
LATIN_NAMES = {"PDF", "SHA", "ORCID", "JSON", "CSV", "XLSX", "UTC"}
EXAMPLES = {"Africa", "Nairobi", "name", "example", "org"}  # what a person is shown how to type
PLACE = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%%")


class Said(NamedTuple):
    """One sentence of a refusal or fault: where it stands, and the expression that gives it."""

    place: str
    given: ast.expr
    scope: ast.AST


def name_of(call: ast.Call) -> str:
    function = call.func
    return getattr(function, "id", getattr(function, "attr", ""))


def sentences_in(path: Path, root: Path) -> Iterator[Said]:
    tree = ast.parse(path.read_text())
    scopes = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or len(node.args) <= PLACES.get(name_of(node), 99):
            continue
        around = [s for s in scopes if s.lineno <= node.lineno <= (s.end_lineno or s.lineno)]
        yield Said(
            f"{path.relative_to(root)}:{node.lineno}",
            node.args[PLACES[name_of(node)]],
            around[-1] if around else tree,
        )


def unmarked_text(node: ast.AST) -> bool:
    """Whether words stand in an expression outside every mark. Keys and codes are no words."""
    if isinstance(node, ast.Call) and name_of(node) in MARKS | {"date_format"}:
        return False
    if isinstance(node, ast.JoinedStr):
        return True
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and " " in node.value
    return any(unmarked_text(child) for child in ast.iter_child_nodes(node))


def expressions_of(said: Said) -> Iterator[ast.expr]:
    """The expression itself, and what the names in it were given in the same function."""
    yield said.given
    names = {node.id for node in ast.walk(said.given) if isinstance(node, ast.Name)}
    for line in ast.walk(said.scope):
        if isinstance(line, ast.Assign) and names & {
            target.id for target in line.targets if isinstance(target, ast.Name)
        }:
            yield line.value


def is_unmarked(said: Said) -> bool:
    return any(unmarked_text(expression) for expression in expressions_of(said))


def marked_texts(said: Said) -> Iterator[str]:
    """The English sentences that stand there."""
    for expression in expressions_of(said):
        for node in ast.walk(expression):
            if isinstance(node, ast.Call) and name_of(node) in MARKS:
                yield from (ast.literal_eval(word) for word in node.args[:1])


def all_sentences() -> list[Said]:
    return [
        said
        for path in sorted(SOURCE.rglob("*.py"))
        if not {"migrations", "selection"} & set(path.relative_to(SOURCE).parts)
        for said in sentences_in(path, SOURCE)
    ]


@pytest.mark.parametrize(
    "planted",
    [
        'raise BadInput("This cannot be.")',
        'raise BadInput(f"{name} cannot be.")',
        'Message("code", "This is wrong.")',
        'def rule():\n    text = "Nobody may."\n    return refuse("nobody", text)',
        'refuse("nobody", "Nobody may, %(name)s." % facts)',
    ],
)
def test_a_planted_sentence_without_a_mark_is_found(tmp_path: Path, planted: str) -> None:
    (tmp_path / "planted.py").write_text(planted)
    (said,) = sentences_in(tmp_path / "planted.py", tmp_path)
    assert is_unmarked(said)


def test_every_refusal_and_every_fault_is_marked_for_translation() -> None:
    found = all_sentences()
    assert len(found) > 250
    assert [said.place for said in found if is_unmarked(said)] == []


def test_every_refusal_and_every_fault_reads_in_arabic() -> None:
    english = {text for said in all_sentences() for text in marked_texts(said)}
    with translation.override("ar"):
        arabic = {text: translation.gettext(text) for text in english}
    assert len(arabic) > 200
    latin = {
        text: words
        for text, words in arabic.items()
        if set(re.findall(r"[A-Za-z]{2,}", PLACE.sub("", words))) - LATIN_NAMES - EXAMPLES
    }
    assert latin == {}


TAGS = re.compile(
    r"\{%\s*block body_class\s*%\}.*?\{%\s*endblock\s*%\}"  # a class, not words
    r"|\{%\s*blocktrans(?:late)?\b.*?\{%\s*endblocktrans(?:late)?\s*%\}"
    r"|\{%\s*comment\b.*?\{%\s*endcomment\s*%\}|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}",
    re.DOTALL,
)
NO_WORDS = re.compile(r"<(script|style|svg|code|pre)\b.*?</\1>|<!--.*?-->|&\w+;", re.DOTALL)
SPOKEN = re.compile(r"\b(?:aria-label|title|placeholder|alt)=\"([^\"]*)\"")
ADDRESS = re.compile(r"(?<=[\s/])/?(?:[a-z]+/)+")


def bare_words(template: str, *, is_page: bool) -> list[str]:
    """Words that a reader would see or hear in whatever language they read."""
    text = ADDRESS.sub("", TAGS.sub("", template))
    if is_page:
        text = NO_WORDS.sub(" ", text)
        text = " ".join([re.sub(r"<[^>]*>", " ", text), *SPOKEN.findall(text)])
    return [word for word in re.findall(r"[A-Za-z]{2,}", text) if word not in LATIN_NAMES]


def test_planted_bare_words_are_found() -> None:
    page = '{% load i18n %}<p title="Late">{% translate "Soon" %} or <b>{{ day }}</b></p>'
    assert bare_words(page, is_page=True) == ["or", "Late"]
    assert bare_words("{{ name }}, hello: {{ url }}", is_page=False) == ["hello"]


def test_no_template_has_words_outside_a_translation() -> None:
    found = {
        str(path.relative_to(SOURCE)): words
        for path in sorted(SOURCE.rglob("templates/**/*"))
        if path.suffix in {".html", ".txt"} and "style" not in path.parts
        if (words := bare_words(path.read_text(), is_page=path.suffix == ".html"))
    }
    assert found == {}  # the living style guide is written in English
