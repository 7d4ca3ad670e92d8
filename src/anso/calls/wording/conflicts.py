"""What a call says of conflicts of interest: the settings as officers choose them, and the same as
sentences that applicants and reviewers read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from anso.kernel.terms import ConflictTerms, Strictness
from anso.ui.countries import country_name
from anso.ui.ordering import in_reader_order
from anso.ui.question_fields import set_apart

STRICTNESS: dict[Strictness, Promise] = {
    Strictness.HARD: _("Is never given the file"),
    Strictness.ASK: _("An officer looks first and says why it is no conflict"),
    Strictness.OFF: _("Counts for nothing"),
}
# What each tie is: as an officer chooses, with what is found and how.
TIES: dict[str, tuple[Promise, Promise]] = {
    "organisation": (
        _("Works at the same organisation as somebody whom the file concerns"),
        _(
            "First by what the directory knows of people and organisations, then by their names in"
            " any spelling. A faculty, another language or an acronym is a question at most."
        ),
    ),
    "named": (
        _("Is named in the file: writes a letter for it, or supervises"),
        _("By address. The same name at another address is a question."),
    ),
    "supervision": (
        _("Supervised, or was supervised by, somebody whom the file concerns"),
        _("As reviewers declare it."),
    ),
    "joint_work": (
        _("Published or worked with somebody whom the file concerns"),
        _(
            "As reviewers declare it. Being named in a list of publications in the file is a"
            " question."
        ),
    ),
    "family_name": (
        _("May have a family name in common with somebody whom the file concerns"),
        _("In any script and order of names, so that many who are found are not related."),
    ),
    "country": (
        _("Has a nationality in common with somebody whom the file concerns"),
        _("Second citizenships count."),
    ),
}
WORDS: dict[str, Promise] = {
    "joint_work_years": _("Joint work counts for so many years before the close"),
    "countries": _("Nationalities of which nobody judges their own, whatever is chosen above"),
    "names_first": _("Reviewers answer about a list of names before they are given files"),
}
PROMISED: dict[str, Promise] = {
    "organisation": _("whoever works at the same organisation"),
    "named": _("whoever is named in the file, writes a letter for it or supervises"),
    "supervision": _("whoever supervised or was supervised by one of them"),
    "family_name": _("whoever may have a family name in common with one of them"),
    "country": _("whoever has a nationality in common with one of them"),
}


def conflict_names() -> dict[str, Promise]:
    """What the settings are called where an amendment tells that one was changed."""
    return {tie: label for tie, (label, _hint) in TIES.items()} | WORDS


def conflicts_in_words(terms: ConflictTerms) -> list[str]:
    """What keeps somebody from judging a file, as everybody reads it; ties that count for nothing
    are not told.
    """
    always = gettext(
        "Nobody judges a file in which they take part or answer for a host, or to which they"
        " declare a tie of family or friendship. An officer looks first where two people have the"
        " same name."
    )
    return [
        always,
        *_ties(
            terms,
            Strictness.HARD,
            gettext("Nor does, of all whom the file concerns: %(ties)s."),
        ),
        *_ties(
            terms,
            Strictness.ASK,
            gettext(
                "Only after an officer has looked, and has written down why it is no conflict:"
                " %(ties)s."
            ),
        ),
        *_own_country(terms),
        *_names(terms),
    ]


def _ties(terms: ConflictTerms, wanted: Strictness, sentence: str) -> Iterator[str]:
    told = [words for tie, words in _promised(terms).items() if getattr(terms, tie) is wanted]
    if told:
        yield sentence % {"ties": set_apart(told)}


def _promised(terms: ConflictTerms) -> Mapping[str, str]:
    years = ngettext(
        "whoever published or worked with one of them in the %(years)s year before the close",
        "whoever published or worked with one of them in the %(years)s years before the close",
        terms.joint_work_years,
    )
    told = {tie: str(words) for tie, words in PROMISED.items()}
    return told | {"joint_work": years % {"years": terms.joint_work_years}}


def _own_country(terms: ConflictTerms) -> Iterator[str]:
    if terms.countries:
        names = in_reader_order([country_name(code) for code in terms.countries], str)
        text = gettext(
            "Nobody with one of these nationalities judges somebody who shares it: %(names)s."
        )
        yield text % {"names": gettext(", ").join(names)}


def _names(terms: ConflictTerms) -> Iterator[str]:
    if terms.names_first:
        yield gettext(
            "Before they are given any file, reviewers say with whom they have such ties, from a"
            " list of names of which at least half have nothing to do with this call. So they"
            " learn nothing of whom the files are about."
        )
