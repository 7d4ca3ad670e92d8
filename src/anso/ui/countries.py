"""Countries in the reader's language, from CLDR: on lists, forms, maps, mails and in reasons."""

from __future__ import annotations

from functools import lru_cache

from django.utils.translation import get_language

from anso.ui.instants import locale_for


@lru_cache(maxsize=16)
def _territories(language: str) -> dict[str, str]:
    # A locale reads its territories through a merging view; the plain dict answers long lists.
    return dict(locale_for(language).territories)


def country_name(code: str, language: str = "") -> str:
    """The name of a country in a language, or in the reader's; the code itself where CLDR has
    none.
    """
    return _territories(language or get_language() or "en").get(code, code)
