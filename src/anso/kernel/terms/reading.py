"""Terms as plain JSON values and back, as drafts and frozen calls store them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from anso.kernel.errors import BadDefinition
from anso.kernel.questions import Meaning
from anso.kernel.terms.conflicts import read_conflicts
from anso.kernel.terms.groups import Group
from anso.kernel.terms.intake import read_intake
from anso.kernel.terms.model import (
    Benefit,
    Criterion,
    EntryKind,
    Host,
    LetterNeed,
    LetterRule,
    LetterWords,
    Level,
    Publication,
    Rubric,
    Stage,
    Terms,
)
from anso.kernel.terms.nouns import read_nouns
from anso.kernel.terms.occasion import read_occasion
from anso.kernel.terms.outcome import OutcomePart, PlaceNode, PlaceReserve
from anso.kernel.wording import Text, gettext_noop


def to_plain(value: Any) -> Any:
    """Terms (or a part of them) as plain JSON values: decimals and dates as text, texts by
    language.
    """
    if isinstance(value, Text):
        return value.to_dict()
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: to_plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(part) for part in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def read_terms(
    plain: Mapping[str, Any], read_outcome: Callable[[Mapping[str, Any]], OutcomePart]
) -> Terms:
    """What :func:`to_plain` wrote; BadDefinition names what cannot be read.

    ``read_outcome`` reads the part of the outcome by the code that stands in it: the kernel knows
    no outcome.
    """
    try:
        return Terms(
            levels=tuple(
                Level(part["key"], Text(part["label"])) for part in plain.get("levels", ())
            ),
            hosts=tuple(Host(part["key"], Text(part["label"])) for part in plain.get("hosts", ())),
            outcome=read_outcome(plain.get("outcome", {})),
            rubric=_read_rubric(plain.get("rubric", {"criteria": ()})),
            rubrics={key: _read_rubric(part) for key, part in plain.get("rubrics", {}).items()},
            letters=tuple(_read_letter(part) for part in plain.get("letters", ())),
            stages=tuple(_read_stage(part) for part in plain.get("stages", ())),
            benefits=tuple(_read_benefit(part) for part in plain.get("benefits", ())),
            rules=tuple(plain.get("rules", ())),
            offer_days=int(plain.get("offer_days", 21)),
            selection_method=plain.get("selection_method", "rank_and_fill"),
            entry=EntryKind(plain.get("entry", "application")),
            entries_each=int(plain.get("entries_each", 1)),
            check_keys=tuple(plain.get("check_keys", ())),
            groups=tuple(_read_group(part) for part in plain.get("groups", ())),
            figures=tuple(plain.get("figures", ())),
            nouns=read_nouns(plain.get("nouns")),
            appeals_days=int(plain.get("appeals_days", 0)),
            waiting_share=int(plain.get("waiting_share", 100)),
            publishes=Publication(plain.get("publishes", Publication.FIGURES)),
            minimum_score=_decimal_or_none(plain.get("minimum_score")),
            adjustment_most=_decimal_or_none(plain.get("adjustment_most")),
            conflicts=read_conflicts(plain.get("conflicts", {})),
            intake=read_intake(plain.get("intake", {})),
            occasion=read_occasion(plain.get("occasion", {})),
        )
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise BadDefinition(
            gettext_noop("The terms cannot be read: “%(fault)s”."), fault=str(error)
        ) from error


def _decimal_or_none(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)


def read_node(part: Mapping[str, Any]) -> PlaceNode:
    """A node of the tree of places, as :func:`to_plain` wrote it."""
    parent, level, host, fund = (
        str(part.get(key, "")) for key in ("parent", "level", "host", "fund")
    )
    only, favour = (tuple(part.get(key, ())) for key in ("only", "favour"))
    return PlaceNode(
        part["key"],
        Text(part["label"]),
        int(part["capacity"]),
        parent,
        level,
        host,
        fund,
        only,
        favour,
    )


def read_reserve(part: Mapping[str, Any]) -> PlaceReserve:
    """A reserve, as :func:`to_plain` wrote it."""
    return PlaceReserve(str(part["group"]), int(part["places"]), str(part.get("node", "")))


def _read_rubric(part: Mapping[str, Any]) -> Rubric:
    criteria = tuple(_read_criterion(each) for each in part.get("criteria", ()))
    numbers = {
        key: int(part[key])
        for key in ("scale_lowest", "scale_highest", "reviews_each")
        if key in part
    }
    return Rubric(criteria, **numbers, is_blind=bool(part.get("is_blind", True)))


def _read_criterion(part: Mapping[str, Any]) -> Criterion:
    anchors = tuple((int(value), Text(words)) for value, words in part.get("anchors", ()))
    return Criterion(
        part["key"],
        Text(part["label"]),
        Decimal(part["weight"]),
        Text(part.get("hint", "")),
        anchors,
    )


def _read_group(part: Mapping[str, Any]) -> Group:
    return Group(
        part["key"],
        Text(part["label"]),
        Meaning(part["means"]),
        tuple(part.get("values", ())),
        str(part.get("country_class", "")),
        bool(part.get("is_sensitive", False)),
    )


def _read_letter(part: Mapping[str, Any]) -> LetterRule:
    words = LetterWords(**{name: Text(text) for name, text in part.get("words", {}).items()})
    known = dict(part) | {"asked_in": tuple(part.get("asked_in", ())), "words": words}
    known["need"] = LetterNeed(part.get("need", LetterNeed.DAY))
    return LetterRule(**known)


def _read_stage(part: Mapping[str, Any]) -> Stage:
    starts_on, ends_on = (
        dt.date.fromisoformat(part["starts_on"]),
        dt.date.fromisoformat(part["ends_on"]),
    )
    named = {name: str(part.get(name, "")) for name in ("form", "rubric")}
    return Stage(part["key"], part["block"], Text(part["label"]), starts_on, ends_on, **named)


def _read_benefit(part: Mapping[str, Any]) -> Benefit:
    amount = Decimal(part["amount"]) if part.get("amount") is not None else None
    places = {key: tuple(part.get(key, ())) for key in ("levels", "funds")}
    return Benefit(
        part["key"],
        Text(part["label"]),
        Text(part["payer"]),
        amount,
        part.get("currency", ""),
        part.get("per", ""),
        **places,
    )
