"""A call's own words for what comes in, as officers type them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from babel import Locale
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from anso.kernel.reasons import uncut
from anso.kernel.terms import Terms
from anso.kernel.terms.nouns import COUNTED, parts_of_nouns
from anso.programmes.wording import entry_words
from anso.ui.figures import in_figures
from anso.ui.question_fields import in_a_row, label_in

LONGEST = 200
CATEGORIES = ("zero", "one", "two", "few", "many", "other")
COUNTED_TO = 200
LABELS: Mapping[str, Promise] = {
    "noun": gettext_lazy("Within a sentence"),
    "heading": gettext_lazy("As a heading"),
    "your": gettext_lazy("To whoever wrote it, within a sentence"),
    "yours": gettext_lazy("To whoever wrote it, at the beginning of a sentence"),
    "start": gettext_lazy("Button that starts one"),
    "start_yours": gettext_lazy("Button that starts one’s own"),
    "plural": gettext_lazy("Heading above a list of them"),
    "person": gettext_lazy("Heading above the names of whom they are about"),
    "who": gettext_lazy("Heading above the rules"),
    "check": gettext_lazy("Button of the two-minute check"),
    "question": gettext_lazy("Heading of the two-minute check"),
    "may": gettext_lazy("Its answer where all is well"),
    "may_not": gettext_lazy("Its answer where something speaks against it"),
}


def noun_specs(terms: Terms) -> list[dict[str, Any]]:
    """Each word in each language, with the usual one of that language below it."""
    known = parts_of_nouns(terms.nouns)
    specs = [*_text_specs(terms), *_counted_specs(terms)]
    return [spec | {"type": "text", "value": known.get(spec["key"], "")} for spec in specs]


def _text_specs(terms: Terms) -> Iterator[dict[str, Any]]:
    usual = entry_words(terms.entry)
    for name, label in LABELS.items():
        for code, language in settings.LANGUAGES:
            with override(code):
                words = str(getattr(usual, name))
            yield {
                "key": f"{name}_{code}",
                "label": label_in(language, str(label)),
                "hint": _("Usually: %(words)s") % {"words": words},
            }


def _counted_specs(terms: Terms) -> Iterator[dict[str, Any]]:
    counted = entry_words(terms.entry).counted
    for code, language in settings.LANGUAGES:
        for category, numbers in numbers_by_form(code).items():
            shown = [in_figures(number) for number in numbers]
            label = _("For as many as %(numbers)s") % {"numbers": in_a_row(shown)}
            with override(code):
                words = str(counted % {"count": numbers[-1], "n": shown[-1]})
            yield {
                "key": f"{COUNTED}_{code}_{category}",
                "label": label_in(language, label),
                "hint": _("{n} stands for the number. Usually: %(words)s") % {"words": words},
            }


def numbers_by_form(code: str) -> dict[str, list[int]]:
    """The forms of a counted noun in a language, each with the first numbers that it is for."""
    form = Locale.parse(code).plural_form
    found: dict[str, list[int]] = {category: [] for category in CATEGORIES}
    for number in range(COUNTED_TO):
        if len(found[form(number)]) < 3:
            found[form(number)].append(number)
    return {category: numbers for category, numbers in found.items() if numbers}


def read_nouns(typed: Mapping[str, Any]) -> dict[str, str]:
    """What was typed over; refuses endless words."""
    return {key: uncut(str(words), LONGEST, field=key) for key, words in typed.items()}
