"""The directory in words: what happens to it, for the record, and its countries to choose from."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anso.directory.queries import country_codes
from anso.ui.countries import country_name

VERBS: dict[str, Promise] = {
    "create_person": _("entered a person"),
}
KINDS: dict[str, Promise] = {
    "directory.person": _("person"),
}


def country_choices(language: str = "") -> list[tuple[str, str]]:
    """All countries as (code, name), sorted by name in the reader's language."""
    named = ((code, country_name(code, language)) for code in country_codes())
    return sorted(named, key=lambda pair: pair[1])
