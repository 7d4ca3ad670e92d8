"""In which language beside the first somebody is written to whom nobody asked which one they read.

Belongs here: the rule. Does not: which languages the interface has, and what is said in them.
"""

from __future__ import annotations

from collections.abc import Collection

from babel.languages import get_official_languages

COMMON = "en"


def second_language(first: str, country: str, spoken: Collection[str]) -> str:
    """English beside any other language; beside English that of the country where they are, as far
    as we speak it. Blank where there is none.
    """
    if first != COMMON:
        return COMMON if COMMON in spoken else ""
    if not country:
        return ""
    own = get_official_languages(country, regional=True, de_facto=True)
    return next((each for each in own if each in spoken and each != first), "")
