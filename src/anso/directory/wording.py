"""The directory in words: what happens to it, for the record, and its countries to choose from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from anso.audit.wording import Field
from anso.directory.models import Person
from anso.directory.queries import country_codes
from anso.kernel.collation import sort_key
from anso.kernel.registers import Register
from anso.ui.countries import country_name

VERBS: dict[str, Promise] = {
    "name_person": _("said how they are called"),
    "create_person": _("entered a person"),
    "merge_people": _("made two records of one person one"),
    "undo_merge": _("took the merging of two records back"),
}
KINDS: dict[str, Promise] = {
    "directory.person": _("person"),
}

# The page about a person: an app above registers it.
PERSON_PAGE: Register[Callable[[Person], str]] = Register("the page about a person")


def person_url(person: Person) -> str:
    """Where what is known about a person is read; blank when no app of this site has such a
    page.
    """
    return next((address(person) for address in PERSON_PAGE.values()), "")


def country_choices(language: str = "") -> list[tuple[str, str]]:
    """All countries as (code, name), sorted by name in a language, or in the reader's."""
    own = language or get_language() or "en"
    named = [(code, country_name(code, own)) for code in country_codes()]
    return sorted(named, key=lambda pair: sort_key(pair[1], own))


def name_question(name: str = "") -> dict[str, Any]:
    """The question for somebody's name, for a form of any page."""
    return {
        "key": "full_name",
        "type": "text",
        "label": _("Your name"),
        "hint": _(
            "As people write it, in any script and order. One name is enough if you have one."
        ),
        "why": _("Letters, certificates and mails call you so. You can correct it later."),
        "required": True,
        "autocomplete": "name",
        "value": name,
    }


# What the record calls the fields of people.
FIELDS: dict[str, Field] = {
    "gone": Field(_("record that ended, by its reference")),
    "kept": Field(_("record that stays, by its reference")),
    "full_name": Field(_("name")),
}
