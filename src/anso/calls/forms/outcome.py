"""What is given, as officers type it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anso.calls.actions import OutcomeChanges
from anso.calls.wording import PUBLISHED, group_words
from anso.kernel.canonical import plain_decimal
from anso.kernel.errors import BadInput
from anso.kernel.questions import Question, clean_answer
from anso.kernel.terms import OutcomePart, PlaceReserve, Publication, Terms
from anso.kernel.wording import Message, gettext_noop
from anso.programmes.methods import METHODS
from anso.programmes.outcomes import find_outcome
from anso.ui.drafts import Part, parts_of
from anso.ui.question_fields import field_specs_for, in_reader_language

SCORES = {
    "minimum_score": gettext_lazy("Least mean"),
    "adjustment_most": gettext_lazy("Most points of an adjustment"),
}
SCORE = re.compile(r"\d{1,3}(\.\d{1,2})?", re.ASCII)


@dataclass(frozen=True)
class TypedOutcome:
    """What an officer typed on the page of the outcome: the changes when all of it can be read,
    else what is wrong with the outcome's own questions.
    """

    errors: dict[str, Message]
    changes: OutcomeChanges | None


def outcome_parts(terms: Terms) -> list[Part]:
    """What the page of the outcome changes: all numbers of the tree as one, all reserves as one,
    each of the outcome's own questions, the days for an answer, the method, the least mean, what is
    published.
    """
    methods = {method.key: in_reader_language(method.label) for method in METHODS.values()}
    days, method = str(terms.offer_days), terms.selection_method
    published = {str(each): str(label) for each, label in PUBLISHED.items()}
    return [
        *_tree_parts(terms),
        *parts_of(own_field_specs(terms)),
        Part("offer_days", _("Days for an answer to an offer"), days),
        Part("selection_method", _("How the selection is made"), method, words=methods),
        *_score_parts(terms),
        Part("waiting_share", _("Most who come next, in percent"), str(terms.waiting_share)),
        Part("appeals_days", _("Days to ask for a review of a decision"), str(terms.appeals_days)),
        Part("publishes", _("What is published"), str(terms.publishes), words=published),
    ]


def _tree_parts(terms: Terms) -> list[Part]:
    part = terms.outcome
    nodes = {node.key: node for node in part.tree()}
    counts = {f"places-{key}": str(nodes[key].capacity) for key in part.counted()}
    labels = {f"places-{key}": in_reader_language(nodes[key].label) for key in part.counted()}
    found = [Part("counts", _("What is given"), counts, names=labels)] if counts else []
    if part.keeps_for_groups:
        kept = {
            f"reserve-{name}-{row['place']}": value
            for row in reserve_rows(terms, {})
            for name, value in row.items()
            if name != "place"
        }
        words = {group.key: group_words(group.key, terms) for group in terms.groups}
        words |= {key: in_reader_language(node.label) for key, node in nodes.items()}
        names = {name: _reserve_label(name) for name in kept}
        found.append(Part("reserves", _("Kept for groups"), kept, names=names, words=words))
    return found


def _reserve_label(name: str) -> str:
    labels = {"places": _("Number kept"), "group": _("Kept for"), "node": _("Where")}
    _reserve, column, place = name.split("-")
    return labels[column] if place == "new" else f"{labels[column]} {int(place) + 1}"


def read_outcome_changes(terms: Terms, typed: Mapping[str, Any]) -> TypedOutcome:
    """What was typed over on the page; the rest stays as it is. Refuses numbers that are none,
    naming their place.
    """
    answers, errors = read_own_answers(terms.outcome, typed)
    if errors:
        return TypedOutcome(errors, None)
    changes: OutcomeChanges = {"answers": answers, **_read_counts(terms, typed)}
    if "counts" in typed:
        changes["counts"] = read_counts(terms.outcome, typed["counts"])
    if "reserves" in typed:
        changes["reserves"] = read_reserves(terms, typed["reserves"])
    if "selection_method" in typed:
        changes["selection_method"] = typed["selection_method"]
    changes |= _read_scores(typed)
    if "publishes" in typed:
        changes["publishes"] = read_publication(typed["publishes"])
    return TypedOutcome(errors, changes)


def _score_parts(terms: Terms) -> list[Part]:
    return [
        Part(key, str(label), _typed_score(getattr(terms, key))) for key, label in SCORES.items()
    ]


def _read_scores(typed: Mapping[str, Any]) -> OutcomeChanges:
    changes: OutcomeChanges = {}
    if "minimum_score" in typed:
        changes["minimum_score"] = read_score(typed["minimum_score"], "minimum_score")
    if "adjustment_most" in typed:
        changes["adjustment_most"] = read_score(typed["adjustment_most"], "adjustment_most")
    return changes


def _read_counts(terms: Terms, typed: Mapping[str, Any]) -> OutcomeChanges:
    changes: OutcomeChanges = {}
    if "offer_days" in typed:
        label = _("Days for an answer")
        changes["offer_days"] = read_count(typed["offer_days"], label, terms.offer_days)
    if "appeals_days" in typed:
        label = _("Days to ask for a review of a decision")
        changes["appeals_days"] = read_count(typed["appeals_days"], label, terms.appeals_days)
    if "waiting_share" in typed:
        label = _("Most who come next, in percent")
        changes["waiting_share"] = read_count(typed["waiting_share"], label, terms.waiting_share)
    return changes


def _typed_score(score: Decimal | None) -> str:
    """A score as it stands in a field; blank where there is none."""
    return "" if score is None else plain_decimal(score)


def read_score(typed: str, key: str) -> Decimal | None:
    """A score to at most two decimals, with a point or a comma; None where nothing is typed.
    Refuses anything else, naming the place by the key of the term.
    """
    text = typed.strip().replace(",", ".")
    if not text:
        return None
    if not SCORE.fullmatch(text):
        raise BadInput(
            gettext_noop("%(label)s: “%(typed)s” is not a score with at most two decimals."),
            label=SCORES[key],
            typed=typed[:20],
        )
    return Decimal(text)


def read_publication(typed: str) -> Publication:
    """What is published, as it was chosen; refuses anything else."""
    if typed not in set(Publication):
        raise BadInput(gettext_noop("Choose what is published of the results."))
    return Publication(typed)


def read_own_answers(
    part: OutcomePart, typed: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Message]]:
    """The answers typed to the questions of the outcome, and what is wrong with them."""
    answers, errors = {}, {}
    for question in own_questions(part):
        if question.key not in typed:
            continue
        cleaned = clean_answer(question, typed[question.key])
        answers[question.key] = cleaned.value
        if cleaned.error:
            errors[question.key] = cleaned.error
    return answers, errors


def own_questions(part: OutcomePart) -> tuple[Question, ...]:
    """What an officer is asked about the outcome's own columns; nothing where a call gives
    nothing.
    """
    return find_outcome(part.code).questions if part.code else ()


def own_field_specs(
    terms: Terms,
    typed: Mapping[str, Any] | None = None,
    errors: Mapping[str, Message] | None = None,
) -> list[dict[str, Any]]:
    """The outcome's own questions ready to be drawn, with what was typed or what stands."""
    part = terms.outcome
    return field_specs_for(own_questions(part), part.answers() | dict(typed or {}), errors or {})


def read_counts(part: OutcomePart, posted: Mapping[str, str]) -> dict[str, int]:
    """The numbers typed beside the nodes that may be changed; a number left empty stays as it
    was.
    """
    nodes = {node.key: node for node in part.tree()}
    return {
        key: read_count(posted.get(f"places-{key}", ""), str(nodes[key].label), nodes[key].capacity)
        for key in part.counted()
    }


def read_reserves(terms: Terms, posted: Mapping[str, str]) -> tuple[PlaceReserve, ...]:
    """The reserves as typed; one without a number is removed, the last row adds one."""
    rows = [
        _read_reserve(terms, posted, place)
        for place in (*map(str, range(len(terms.outcome.reserves))), "new")
    ]
    return tuple(row for row in rows if row is not None)


def _read_reserve(terms: Terms, posted: Mapping[str, str], place: str) -> PlaceReserve | None:
    typed = posted.get(f"reserve-places-{place}", "").strip()
    if not typed or typed == "0":
        return None
    group, node = posted.get(f"reserve-group-{place}", ""), posted.get(f"reserve-node-{place}", "")
    nodes = {"", *(each.key for each in terms.outcome.tree())}
    if terms.group(group) is None or node not in nodes:
        raise BadInput(gettext_noop("Choose for whom something is kept, and where."))
    return PlaceReserve(group, read_count(typed, group_words(group, terms)), node)


def reserve_rows(terms: Terms, posted: Mapping[str, str]) -> list[dict[str, str]]:
    """The reserves as rows of inputs, with what was typed where it could not be saved; one empty
    row for a new one.
    """
    known = [
        (str(place), {"group": each.group, "places": str(each.places), "node": each.node})
        for place, each in enumerate(terms.outcome.reserves)
    ]
    first = next((group.key for group in terms.groups), "")
    rows = [*known, ("new", {"group": first, "places": "", "node": ""})]
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
