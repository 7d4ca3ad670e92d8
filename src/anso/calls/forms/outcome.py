"""What is given, and the rubric, as officers type them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from anso.calls.actions import OutcomeRules
from anso.calls.queries import group_words
from anso.directory.enums import CountryClassCode
from anso.kernel.errors import BadInput
from anso.kernel.questions import Question, clean_answer
from anso.kernel.terms import Criterion, OutcomePart, PlaceReserve, Rubric, Terms
from anso.kernel.wording import Message, Text, gettext_noop
from anso.programmes.outcomes import find_outcome
from anso.ui.fields import read_value
from anso.ui.question_fields import field_specs_for

RESERVED_GROUPS = ("women", *CountryClassCode.values)
KEY = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class TypedOutcome:
    """What an officer typed on the page of the outcome: the rules when all of it can be read, else
    what is wrong with the outcome's own questions.
    """

    answers: dict[str, Any]
    errors: dict[str, Message]
    rules: OutcomeRules | None


def read_outcome_rules(terms: Terms, posted: QueryDict) -> TypedOutcome:
    """Everything of the page as typed; what was not on the page stays as it was. Refuses numbers
    that are none, naming their place.
    """
    answers, errors = read_own_answers(terms.outcome, posted)
    if errors:
        return TypedOutcome(answers, errors, None)
    part = terms.outcome.with_counts(read_counts(terms.outcome, posted)).with_answers(answers)
    part = part.with_reserves(read_reserves(part, posted))
    days = read_count(posted.get("offer_days", ""), _("Days for an answer"), terms.offer_days)
    method = posted.get("selection_method", terms.selection_method)
    return TypedOutcome(answers, errors, OutcomeRules(part, days, method))


def read_own_answers(
    part: OutcomePart, posted: QueryDict
) -> tuple[dict[str, Any], dict[str, Message]]:
    """The answers to the questions of the outcome, and what is wrong with them; a question that was
    not on the page keeps its answer.
    """
    answers, errors, known = {}, {}, part.answers()
    for question in own_questions(part):
        if question.key not in posted:
            answers[question.key] = known[question.key]
            continue
        cleaned = clean_answer(question, read_value(question.type, question.key, posted))
        answers[question.key] = cleaned.value
        if cleaned.error:
            errors[question.key] = cleaned.error
    return answers, errors


def own_questions(part: OutcomePart) -> tuple[Question, ...]:
    """What an officer is asked about the outcome's own columns; nothing where a call gives
    nothing.
    """
    return find_outcome(part.code).questions if part.code else ()


def own_field_specs(terms: Terms, typed: TypedOutcome | None) -> list[dict[str, Any]]:
    """The outcome's own questions ready to be drawn, with what was typed or what stands."""
    part = terms.outcome
    answers, errors = (typed.answers, typed.errors) if typed else (part.answers(), {})
    return field_specs_for(own_questions(part), answers, errors)


def read_counts(part: OutcomePart, posted: Mapping[str, str]) -> dict[str, int]:
    """The numbers typed beside the nodes that may be changed; a number left empty stays as it
    was.
    """
    nodes = {node.key: node for node in part.tree()}
    return {
        key: read_count(posted.get(f"places-{key}", ""), str(nodes[key].label), nodes[key].capacity)
        for key in part.counted()
    }


def read_reserves(part: OutcomePart, posted: Mapping[str, str]) -> tuple[PlaceReserve, ...]:
    """The reserves as typed; one without a number is removed, the last row adds one."""
    rows = [
        _read_reserve(part, posted, place)
        for place in (*map(str, range(len(part.reserves))), "new")
    ]
    return tuple(row for row in rows if row is not None)


def _read_reserve(part: OutcomePart, posted: Mapping[str, str], place: str) -> PlaceReserve | None:
    typed = posted.get(f"reserve-places-{place}", "").strip()
    if not typed or typed == "0":
        return None
    group, node = posted.get(f"reserve-group-{place}", ""), posted.get(f"reserve-node-{place}", "")
    if group not in RESERVED_GROUPS or node not in {"", *(each.key for each in part.tree())}:
        raise BadInput(gettext_noop("Choose for whom something is kept, and where."))
    return PlaceReserve(group, read_count(typed, group_words(group)), node)


def reserve_rows(part: OutcomePart, posted: Mapping[str, str]) -> list[dict[str, str]]:
    """The reserves as rows of inputs, with what was typed where it could not be saved; one empty
    row for a new one.
    """
    known = [
        (str(place), {"group": each.group, "places": str(each.places), "node": each.node})
        for place, each in enumerate(part.reserves)
    ]
    rows = [*known, ("new", {"group": "", "places": "", "node": ""})]
    return [
        {"place": place}
        | {name: posted.get(f"reserve-{name}-{place}", value) for name, value in row.items()}
        for place, row in rows
    ]


def read_count(typed: str, label: str, default: int | None = None) -> int:
    """A whole number of at least zero; refuses anything else, naming the place."""
    if not typed.strip() and default is not None:
        return default
    if not typed.strip().isascii() or not typed.strip().isdigit() or len(typed.strip()) > 6:
        raise BadInput(
            gettext_noop("%(label)s: “%(typed)s” is not a whole number."),
            label=label,
            typed=typed[:20],
        )
    return int(typed)


def read_rubric(rubric: Rubric, posted: Mapping[str, str]) -> Rubric:
    """The rubric with the typed words and weights. A criterion without a label is removed; a new
    one is added at the end.
    """
    rows = [
        _read_criterion(posted, str(place), known) for place, known in enumerate(rubric.criteria)
    ]
    rows.append(_read_criterion(posted, "new", None))
    return replace(
        rubric,
        criteria=tuple(row for row in rows if row is not None),
        scale_lowest=read_count(
            posted.get("scale_lowest", ""), _("Lowest score"), rubric.scale_lowest
        ),
        scale_highest=read_count(
            posted.get("scale_highest", ""), _("Highest score"), rubric.scale_highest
        ),
        reviews_each=read_count(
            posted.get("reviews_each", ""), _("Reviews of each application"), rubric.reviews_each
        ),
        is_blind=posted.get("is_blind") == "yes",
    )


def _read_criterion(
    posted: Mapping[str, str], place: str, known: Criterion | None
) -> Criterion | None:
    label = posted.get(f"label-{place}", "").strip()[:200]
    if not label:
        return None
    weight = _read_weight(posted.get(f"weight-{place}", ""), label)
    hint = posted.get(f"hint-{place}", "").strip()[:1000]
    if known is None:
        return Criterion(
            KEY.sub("_", label.lower()).strip("_")[:40] or "criterion",
            Text(label),
            weight,
            Text(hint),
        )
    return replace(
        known,
        label=_with_english(known.label, label),
        weight=weight,
        hint=_with_english(known.hint, hint),
    )


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


def _with_english(text: Text, words: str) -> Text:
    return Text({**text.to_dict(), "en": words})
