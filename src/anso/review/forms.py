"""The review form as plain fields for the renderer, and its values read back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from anso.directory.enums import InterestKind
from anso.kernel.terms import Criterion, Rubric
from anso.review.actions.reviewing import CANNOT_JUDGE, WORD_LIMITS


def review_fields(
    rubric: Rubric, entries: Mapping[str, str], problems: Mapping[str, str], reviews_for: str = ""
) -> list[dict[str, Any]]:
    """Fields for every criterion and the two comments, filled with the draft; ``reviews_for`` says
    who reads the first one.
    """
    language = get_language() or "en"
    fields: list[dict[str, Any]] = []
    for criterion in rubric.criteria:
        fields += _criterion_fields(criterion, rubric, language)
    fields += _comment_fields(reviews_for)
    return [
        field | {"value": entries.get(field["key"], ""), "error": problems.get(field["key"], "")}
        for field in fields
    ]


def _comment_fields(reviews_for: str) -> list[dict[str, Any]]:
    """The two comments: one stays with the panel or jury, one goes to the applicant."""
    comments = {
        "comment_for_panel": (
            reviews_for,
            _("Strengths and weaknesses in a few sentences. The applicant does not see this."),
        ),
        "comment_for_applicant": (
            _("For the applicant"),
            _("What would make this work better? Sent with the decision, without your name."),
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
