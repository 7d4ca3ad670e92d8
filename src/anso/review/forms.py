"""The forms of reviewing as plain fields for the renderer, and what was posted read back: the
review, the list of people to ask, their answers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from anso.calls.models import Call
from anso.calls.queries import get_form
from anso.directory.enums import InterestKind
from anso.directory.wording import country_choices, name_question
from anso.kernel.names import fold
from anso.kernel.people_lists import PeopleList, PersonLine, read_people
from anso.kernel.questions import Meaning
from anso.kernel.questions.meanings import questions_meaning
from anso.kernel.terms import Criterion, Rubric
from anso.kernel.wording import Message, gettext_noop
from anso.review.actions.reviewing import CANNOT_JUDGE, WORD_LIMITS
from anso.review.enums import DeclineKind
from anso.review.models import Invitation
from anso.ui.question_fields import in_reader_language


def review_fields(
    rubric: Rubric,
    entries: Mapping[str, str],
    problems: Mapping[str, str],
    reviews_for: str = "",
    *,
    is_answered: bool = False,
) -> list[dict[str, Any]]:
    """Fields for every criterion and the two comments, filled with the draft; ``reviews_for`` says
    who reads the first one, ``is_answered`` that applicants answer the second.
    """
    language = get_language() or "en"
    fields: list[dict[str, Any]] = []
    for criterion in rubric.criteria:
        fields += _criterion_fields(criterion, rubric, language)
    fields += _comment_fields(reviews_for, is_answered=is_answered)
    return [
        field | {"value": entries.get(field["key"], ""), "error": problems.get(field["key"], "")}
        for field in fields
    ]


def _comment_fields(reviews_for: str, *, is_answered: bool) -> list[dict[str, Any]]:
    """The two comments: one stays with the panel or jury, one goes to the applicant."""
    comments = {
        "comment_for_panel": (
            reviews_for,
            _("Strengths and weaknesses in a few sentences. It is not passed on."),
        ),
        "comment_for_applicant": (
            _("To be passed on"),
            (
                _(
                    "What would make this work better? Whoever wrote it reads this without your"
                    " name, and may answer before anything is decided."
                )
                if is_answered
                else _(
                    "What would make this work better? Sent with the decision, without your name."
                )
            ),
        ),
    }
    return [
        {
            "key": key,
            "type": "longtext",
            "label": label,
            "hint": hint,
            "limit": {"words": WORD_LIMITS[key]},
        }
        for key, (label, hint) in comments.items()
    ]


def review_keys(rubric: Rubric) -> tuple[str, ...]:
    """The entries a review may have; anything else that is posted is not kept."""
    pairs = [(f"score-{criterion.key}", f"why-{criterion.key}") for criterion in rubric.criteria]
    return (*[key for pair in pairs for key in pair], "comment_for_panel", "comment_for_applicant")


def interest_choices() -> list[tuple[str, str]]:
    """The kinds of conflict a reviewer can declare."""
    return [(str(value), str(label)) for value, label in InterestKind.choices]


def _criterion_fields(criterion: Criterion, rubric: Rubric, language: str) -> list[dict[str, Any]]:
    anchors = {value: words.in_language(language) for value, words in criterion.anchors}
    scale = range(rubric.scale_highest, rubric.scale_lowest - 1, -1)
    options = [
        (str(value), f"{value} · {anchors[value]}" if value in anchors else str(value))
        for value in scale
    ]
    weight = _("Counts %(percent)s %%.") % {"percent": f"{criterion.weight * 100:.0f}"}
    return [
        {
            "key": f"score-{criterion.key}",
            "type": "choice",
            "label": criterion.label.in_language(language),
            "hint": f"{criterion.hint.in_language(language)} {weight}".strip(),
            "options": [*options, (CANNOT_JUDGE, _("I cannot judge this"))],
            "required": True,
        },
        {
            "key": f"why-{criterion.key}",
            "type": "text",
            "label": _("If you cannot judge it: why?"),
            "limit": {"characters": 300},
        },
    ]


def read_invitees(text: str) -> PeopleList:
    """A list of people with their countries by code; a country that nobody knows is a fault of its
    line.
    """
    found = read_people(text)
    if not any(each.country for each in found.lines):
        return found
    known = {
        fold(word): code
        for language, _name in settings.LANGUAGES
        for pair in country_choices(language)
        for code in pair[:1]
        for word in pair
    }
    return replace(found, lines=tuple(_with_countries(found.lines, known)))


def _with_countries(lines: Sequence[PersonLine], known: Mapping[str, str]) -> Iterator[PersonLine]:
    for each in lines:
        code = known.get(fold(each.country), "") if each.country else ""
        if each.fault is None and each.country and not code:
            text = gettext_noop("“%(country)s” is not a country that we know.")
            yield replace(each, fault=Message("no_country", text, {"country": each.country[:60]}))
        else:
            yield replace(each, country=code)


def subjects_of(call: Call) -> list[tuple[str, str]]:
    """The subjects that applicants of a call choose among, for reviewers to choose among too."""
    _version, form = get_form(call)
    return [
        (option.value, in_reader_language(option.label))
        for question in questions_meaning(form, Meaning.EXPERTISE)
        for option in question.options
    ]


def accept_fields(
    invitation: Invitation,
    name: str | None,
    known: Sequence[str],
    posted: QueryDict | None,
    problems: Mapping[str, str],
) -> list[dict[str, Any]]:
    """What somebody is asked who accepts; ``name`` is None where the directory knows it."""
    given = posted if posted is not None else QueryDict()
    is_new = posted is None
    fields = [] if name is None else [name_question(given.get("full_name", name))]
    subjects = subjects_of(invitation.call)
    if subjects:
        ticked = list(known) if is_new else given.getlist("subjects")
        fields.append(_subjects_field(subjects, ticked))
    fields += [
        {
            "key": "keywords",
            "type": "text",
            "label": _("Your field in a few words"),
            "hint": _("Parted by commas. Files are given to reviewers whose words fit them."),
            "limit": {"characters": 300},
            "value": invitation.expertise if is_new else given.get("keywords", ""),
        },
        {
            "key": "capacity",
            "type": "number",
            "label": _("How many can you take?"),
            "hint": _("Nobody gets more than they say here."),
            "required": True,
            "value": invitation.capacity if is_new else given.get("capacity", ""),
        },
        _declaration(bool(given.get("declared"))),
    ]
    return [each | {"error": problems.get(each["key"], "")} for each in fields]


def _subjects_field(subjects: Sequence[tuple[str, str]], ticked: list[str]) -> dict[str, Any]:
    return {
        "key": "subjects",
        "type": "multichoice",
        "label": _("What can you judge?"),
        "hint": _("Tick every group in which you would trust your judgement."),
        "options": subjects,
        "required": True,
        "value": ticked,
    }


def _declaration(is_given: bool) -> dict[str, Any]:
    return {
        "key": "declared",
        "type": "statement",
        "label": _(
            "I keep what I read to myself, use it for nothing else, and say so where I am close"
            " to whoever applies."
        ),
        "required": True,
        "value": is_given,
    }


def decline_fields(posted: Mapping[str, str], error: str) -> list[dict[str, Any]]:
    """What somebody is asked who says No."""
    return [
        {
            "key": "kind",
            "type": "choice",
            "label": _("Why can you not?"),
            "options": [(str(value), str(label)) for value, label in DeclineKind.choices],
            "required": True,
            "value": posted.get("kind", ""),
            "error": error,
        },
        {
            "key": "reason",
            "type": "text",
            "label": _("Anything that we should know"),
            "limit": {"characters": 300},
            "value": posted.get("reason", ""),
        },
        {
            "key": "suggestion",
            "type": "text",
            "label": _("Whom should we ask instead?"),
            "hint": _("Name and, if you know it, address."),
            "limit": {"characters": 300},
            "value": posted.get("suggestion", ""),
        },
    ]


def asking_fields(
    posted: Mapping[str, str], text: str, answer_by: dt.date, error: str
) -> list[dict[str, Any]]:
    """What an officer says who asks many people at once."""
    return [
        {
            "key": "list",
            "type": "longtext",
            "label": _("Who is asked"),
            "hint": _(
                "One person on each line: name, address and, where you know them, organisation,"
                " country and fields, parted by commas, semicolons or tabs. Lines copied from a"
                " spreadsheet or a mail program will do."
            ),
            "lines": 10,
            "value": text,
            "error": error,
        },
        {
            "key": "capacity",
            "type": "number",
            "label": _("How many at most"),
            "required": True,
            "value": posted.get("capacity", "12"),
        },
        {
            "key": "answer_by",
            "type": "date",
            "label": _("Answer by"),
            "hint": _(
                "Who has not answered is reminded three days before, and two and seven days after."
                " A late yes counts for two weeks, but never after the reviews."
            ),
            "required": True,
            "value": posted.get("answer_by", answer_by.isoformat()),
        },
        {
            "key": "language",
            "type": "choice",
            "label": _("Language of the mail"),
            "hint": _("Who has an account is written to in the language that they chose there."),
            "options": [(code, _(name)) for code, name in settings.LANGUAGES],
            "value": posted.get("language", get_language() or "en"),
        },
    ]
