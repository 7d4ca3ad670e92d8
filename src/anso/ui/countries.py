"""Countries in the reader's language, from CLDR: on lists, forms, maps, mails and in reasons."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, override

from anso.kernel.citizenships import NO_COUNTRY, STATELESS, UNSETTLED
from anso.kernel.wording import Text
from anso.ui.instants import locale_for

NO_COUNTRIES: dict[str, Promise] = {
    STATELESS: gettext_lazy("none (stateless)"),
    UNSETTLED: gettext_lazy("not settled, or in dispute"),
}


@lru_cache(maxsize=16)
def _territories(language: str) -> dict[str, str]:
    # A locale reads its territories through a merging view; the plain dict answers long lists.
    return dict(locale_for(language).territories)


def country_name(code: str, language: str = "") -> str:
    """The name of a country in a language, or in the reader's: as the alliance calls it, else as
    CLDR does; the code itself where neither knows it.
    """
    own = language or get_language() or "en"
    if code in NO_COUNTRY:
        with override(own):
            return str(NO_COUNTRIES[code])
    called = settings.ALLIANCE["PLACES"].get(code)
    return Text(called).in_language(own) if called else _territories(own).get(code, code)
