"""A rubric as officers type it: the criteria with their words in each language, what values of the
scale mean, and the scale.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from anso.calls.actions import RubricChanges
from anso.calls.forms.outcome import read_count
from anso.kernel.errors import BadInput
from anso.kernel.keys import free_key, key_stem
from anso.kernel.reasons import fitting
from anso.kernel.terms import Criterion, Rubric
from anso.kernel.wording import NO_TEXT, Text, gettext_noop
from anso.ui.drafts import Part, parts_of
from anso.ui.question_fields import label_in

LONGEST = {
    "label": (200, gettext_noop("Criterion")),
    "hint": (1000, gettext_noop("What reviewers should look at")),
    "anchor": (300, gettext_noop("What a score means")),
}
MOST_ANCHORED = 12


def rubric_parts(rubric: Rubric) -> list[Part]:
    """What the page of the rubric changes: all criteria as one, since their weights sum to one; the
    two ends of the scale as one.
    """
    criteria, names = {}, {}
    for number, criterion in enumerate((*rubric.criteria, None), 1):
        for name, label, value in criterion_inputs(rubric, criterion):
            criteria[name], names[name] = value, f"{number}. {label}"
    lowest, highest = str(rubric.scale_lowest), str(rubric.scale_highest)
    scale = {"scale_lowest": lowest, "scale_highest": highest}
    ends = {"scale_lowest": _("Lowest score"), "scale_highest": _("Highest score")}
    each = str(rubric.reviews_each)
    blind = {"key": "is_blind", "type": "statement", "value": rubric.is_blind}
    return [
        Part("criteria", _("Criteria"), criteria, names=names),
        Part("scale", _("Scale"), scale, names=ends),
        Part("reviews_each", _("Reviews of each file"), each),
        *parts_of([blind | {"label": _("Reviewers do not learn names")}]),
    ]


def criterion_inputs(rubric: Rubric, criterion: Criterion | None) -> list[tuple[str, str, str]]:
    """The inputs of one criterion, or of a new one: name, label and what stands in it. They are
    named by its key, so that what was typed for one never goes to another.
    """
    weight = f"{criterion.weight * 100:f}".rstrip("0").rstrip(".") if criterion else ""
    place = place_of(criterion)
    return [
        *words_inputs("label", _("Criterion"), criterion.label if criterion else NO_TEXT, place),
        (f"weight-{place}", _("Weight in percent"), weight),
        *words_inputs(
            "hint",
            _("What reviewers should look at"),
            criterion.hint if criterion else NO_TEXT,
            place,
        ),
        *(
            each
            for value in (anchored_values(rubric) if criterion else ())
            for each in anchor_inputs(value, criterion)
        ),
    ]


def anchor_inputs(value: int, criterion: Criterion | None) -> list[tuple[str, str, str]]:
    """The inputs for what one value of the scale means."""
    known = dict(criterion.anchors).get(value, NO_TEXT) if criterion else NO_TEXT
    label = _("What %(value)s means") % {"value": value}
    return words_inputs(f"anchor{value}", label, known, place_of(criterion))


def words_inputs(column: str, label: str, words: Text, place: str) -> list[tuple[str, str, str]]:
    """One input for each language of the interface."""
    return [
        (
            _input(column, code, place),
            label_in(language, label),
            words.to_dict().get(code, ""),
        )
        for code, language in settings.LANGUAGES
    ]


def place_of(criterion: Criterion | None) -> str:
    """How inputs of a criterion are told apart from those of others."""
    return criterion.key if criterion else "new"


def anchored_values(rubric: Rubric) -> list[int]:
    """Which values of the scale may be explained; of a long scale those that are already."""
    scale = range(rubric.scale_lowest, rubric.scale_highest + 1)
    if len(scale) <= MOST_ANCHORED:
        return list(scale)
    return sorted({value for each in rubric.criteria for value, _words in each.anchors} & {*scale})


def read_rubric_changes(rubric: Rubric, typed: Mapping[str, Any]) -> RubricChanges:
    """What was typed over on the page. A criterion without a name in any language is removed; a new
    one is added at the end.
    """
    changes: RubricChanges = {}
    if "criteria" in typed:
        changes["criteria"] = read_criteria(rubric, typed["criteria"])
    if "scale" in typed:
        lowest, highest = (typed["scale"].get(f"scale_{end}", "") for end in ("lowest", "highest"))
        changes["scale"] = (
            read_count(lowest, _("Lowest score"), rubric.scale_lowest),
            read_count(highest, _("Highest score"), rubric.scale_highest),
        )
    if "reviews_each" in typed:
        label = _("Reviews of each file")
        changes["reviews_each"] = read_count(typed["reviews_each"], label, rubric.reviews_each)
    if "is_blind" in typed:
        changes["is_blind"] = typed["is_blind"] == "yes"
    return changes


def read_criteria(rubric: Rubric, typed: Mapping[str, str]) -> tuple[Criterion, ...]:
    """The criteria as typed, each under its own key."""
    rows = [_read_criterion(rubric, typed, criterion) for criterion in rubric.criteria]
    kept = [row for row in rows if row is not None]
    label = _read_words("label", NO_TEXT, "new", typed)
    if not label:
        return tuple(kept)
    name = str(label)
    taken = {"new", *(criterion.key for criterion in rubric.criteria)}
    weight = _read_weight(typed.get("weight-new", ""), name)
    hint = _read_words("hint", NO_TEXT, "new", typed)
    return (*kept, Criterion(free_key(key_stem(name) or "criterion", taken), label, weight, hint))


def _read_criterion(rubric: Rubric, typed: Mapping[str, str], known: Criterion) -> Criterion | None:
    label = _read_words("label", known.label, known.key, typed)
    if not label:
        return None
    anchors = dict(known.anchors) | {
        value: _read_words(
            f"anchor{value}", dict(known.anchors).get(value, NO_TEXT), known.key, typed
        )
        for value in anchored_values(rubric)
    }
    return replace(
        known,
        label=label,
        weight=_read_weight(typed.get(f"weight-{known.key}", ""), str(label)),
        hint=_read_words("hint", known.hint, known.key, typed),
        anchors=tuple((value, words) for value, words in sorted(anchors.items()) if words),
    )


def _read_words(column: str, known: Text, place: str, typed: Mapping[str, str]) -> Text:
    """The words of each language as typed; those of languages that the page has not stay."""
    longest, name = LONGEST[column.rstrip("0123456789-")]
    given = {
        code: fitting(typed.get(_input(column, code, place), ""), longest, name)
        for code, _language in settings.LANGUAGES
    }
    return Text({**known.to_dict(), **given})


def _input(column: str, language: str, place: str) -> str:
    """English stands under the plain name of the column."""
    return f"{column}-{place}" if language == "en" else f"{column}_{language}-{place}"


def _read_weight(typed: str, label: str) -> Decimal:
    try:
        weight = Decimal(typed.strip().replace(",", ".").removesuffix("%").strip())
    except InvalidOperation:
        raise BadInput(
            gettext_noop("%(label)s: “%(typed)s” is not a percentage."),
            label=label,
            typed=typed[:20],
        ) from None
    if not Decimal(0) < weight <= Decimal(100):
        raise BadInput(
            gettext_noop("%(label)s: the weight must lie between 0 and 100 percent."), label=label
        )
    return (weight / 100).normalize()
