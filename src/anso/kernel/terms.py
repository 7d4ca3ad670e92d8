"""What a call promises, as plain values: levels, hosts, seats, letters, rubric, stages, benefits, eligibility rules.

Programme kinds fill these with defaults, a draft call edits them, publication freezes them. Not here: the questions of the form
(``kernel.questions``) and the evaluation of rules (``kernel.eligibility``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from decimal import Decimal
from typing import Any

from anso.kernel.errors import BadDefinition
from anso.kernel.wording import Text

SUPERVISOR_MODES = ("none", "before_submission", "after_interview")
BLOCKS = (
    "applications",
    "letters",
    "screening",
    "interviews",
    "review",
    "panel",
    "decision",
    "release",
    "offers",
)


@dataclass(frozen=True)
class Level:
    """Something a person applies for within the call, such as a doctoral place; ``key`` is stable."""

    key: str
    label: Text


@dataclass(frozen=True)
class Host:
    """Who receives the people selected, and whether a supervisor there must have agreed, and when."""

    key: str
    label: Text
    supervisor: str = "none"


@dataclass(frozen=True)
class SeatNode:
    """A node of the quota tree. Leaves are what people are placed in; ``only`` names country classes a person must be in.

    ``capacity`` is a number of people; ``parent`` is the key of the node above, empty at the top.
    """

    key: str
    label: Text
    capacity: int
    parent: str = ""
    level: str = ""
    host: str = ""
    fund: str = ""
    only: tuple[str, ...] = ()
    favour: tuple[str, ...] = ()


@dataclass(frozen=True)
class SeatReserve:
    """Seats kept for one group of people below a node (everywhere when it is empty) while its members want them; released otherwise."""

    group: str
    seats: int
    node: str = ""


@dataclass(frozen=True)
class Criterion:
    """One thing reviewers judge; weights of all criteria sum to one. ``anchors`` says what values of the scale mean."""

    key: str
    label: Text
    weight: Decimal
    hint: Text = field(default_factory=Text)
    anchors: tuple[tuple[int, Text], ...] = ()


@dataclass(frozen=True)
class Rubric:
    """How reviewers judge: the scale, the criteria, how many reviews each application needs, and whether names are hidden."""

    criteria: tuple[Criterion, ...]
    scale_lowest: int = 1
    scale_highest: int = 6
    reviews_each: int = 3
    is_blind: bool = True


@dataclass(frozen=True)
class LetterRule:
    """Letters asked for: how many, of whom, how many days after the deadline they still count.

    ``asked_in`` are the questions of the application that name the writers; ``hosts`` says for which host a question names a supervisor.
    """

    kind: str
    count: int
    days_after_close: int = 14
    minutes: int = 10
    asked_in: tuple[str, ...] = ()
    hosts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Stage:
    """A step of the timeline, from one of the tested blocks, with its dates (the last day included)."""

    key: str
    block: str
    label: Text
    starts_on: dt.date
    ends_on: dt.date


@dataclass(frozen=True)
class Benefit:
    """One thing a holder receives, in what amount, and who pays which part. ``amount`` is None where it is in kind."""

    key: str
    label: Text
    payer: Text
    amount: Decimal | None = None
    currency: str = ""
    per: str = ""
    levels: tuple[str, ...] = ()
    funds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Terms:
    """Everything a call promises. ``rules`` are eligibility rule sets as ``kernel.eligibility`` writes them."""

    levels: tuple[Level, ...] = ()
    hosts: tuple[Host, ...] = ()
    seats: tuple[SeatNode, ...] = ()
    rubric: Rubric = field(default_factory=lambda: Rubric(()))
    letters: tuple[LetterRule, ...] = ()
    stages: tuple[Stage, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    rules: tuple[Mapping[str, Any], ...] = ()
    country_ceiling: int | None = None
    reserves: tuple[SeatReserve, ...] = ()
    offer_days: int = 21
    selection_method: str = "rank_and_fill"

    def leaves(self) -> tuple[SeatNode, ...]:
        """The seats that people are placed in: nodes that no node stands below."""
        parents = {node.parent for node in self.seats}
        return tuple(node for node in self.seats if node.key not in parents)

    def leaves_for(self, level: str, host: str) -> tuple[SeatNode, ...]:
        """The seats of one level at one host, narrower funds first so that special money is used before general money."""
        found = [node for node in self.leaves() if node.level == level and node.host == host]
        return tuple(sorted(found, key=lambda node: (not node.only, node.key)))

    def all_reserves(self) -> tuple[SeatReserve, ...]:
        """The reserves, and those that favours mean: seats of a node that favours groups are kept for people of any of them."""
        favours = tuple(SeatReserve(favoured_group(node), node.capacity, node.key) for node in self.seats if node.favour and node.capacity)
        return (*self.reserves, *favours)

    def host(self, key: str) -> Host:
        """The host with that key; KeyError where there is none."""
        return {host.key: host for host in self.hosts}[key]

    def letter_rule(self, kind: str) -> LetterRule | None:
        """The rule for one kind of letter, or None where none is asked."""
        return next((rule for rule in self.letters if rule.kind == kind), None)

    def stage(self, block: str) -> Stage | None:
        """The first stage made from a block, or None."""
        return next((stage for stage in self.stages if stage.block == block), None)

    def with_rubric(self, rubric: Rubric) -> Terms:
        """The same terms with another rubric."""
        return replace(self, rubric=rubric)


def favoured_group(node: SeatNode) -> str:
    """The group of people who belong to any of the groups that a node favours."""
    return "|".join(node.favour)


def check_terms(terms: Terms) -> list[str]:
    """What is wrong with the terms, in sentences for the officer; empty when they can be published."""
    return [*_check_seats(terms), *_check_reserves(terms), *_check_rubric(terms.rubric), *_check_stages(terms)]


def require_sound_terms(terms: Terms) -> Terms:
    """The terms, or BadDefinition with the first thing that is wrong."""
    for problem in check_terms(terms):
        raise BadDefinition(problem)
    return terms


def _check_seats(terms: Terms) -> Iterator[str]:
    nodes = {node.key: node for node in terms.seats}
    if len(nodes) != len(terms.seats):
        yield "Two seat groups have the same key."
    for node in terms.seats:
        if node.capacity < 0:
            yield f"{node.label}: the number of seats cannot be negative."
        if node.parent and node.parent not in nodes:
            yield f"{node.label}: the group above it, {node.parent}, does not exist."
    for parent in {node.parent for node in terms.seats if node.parent in nodes}:
        below = sum(node.capacity for node in terms.seats if node.parent == parent)
        if below < nodes[parent].capacity:
            yield f"{nodes[parent].label}: the groups below hold {below} seats, fewer than its {nodes[parent].capacity}."


def _check_reserves(terms: Terms) -> Iterator[str]:
    nodes = {node.key: node for node in terms.seats}
    everywhere = terms.all_reserves()
    if len({(reserve.group, reserve.node) for reserve in everywhere}) != len(everywhere):
        yield "Seats are kept for the same group twice in one place."
    for reserve in terms.reserves:
        if reserve.node and reserve.node not in nodes:
            yield f"Seats are kept in {reserve.node}, which does not exist."
        if reserve.seats < 1:
            yield "Keep at least one seat for a group, or none."
    room = {node.key: node.capacity for node in terms.seats} | {"": sum(node.capacity for node in terms.seats if not node.parent)}
    for key, most in room.items():
        kept = sum(_kept_in(terms, key).values())
        if terms.seats and kept > most:
            yield f"{nodes[key].label if key else 'All seats'}: {kept} seats are kept for groups, more than the {most} there are."


def _kept_in(terms: Terms, key: str) -> dict[str, int]:
    """Seats kept in a node for each group: its own reserve, or the sum of those below it where that is more."""
    below: dict[str, int] = {}
    for node in terms.seats:
        if node.parent == key and node.key != key:
            for group, seats in _kept_in(terms, node.key).items():
                below[group] = below.get(group, 0) + seats
    own = {reserve.group: reserve.seats for reserve in terms.all_reserves() if reserve.node == key}
    return {group: max(own.get(group, 0), below.get(group, 0)) for group in own | below}


def _check_rubric(rubric: Rubric) -> Iterator[str]:
    if not rubric.criteria:
        return
    if rubric.scale_highest <= rubric.scale_lowest:
        yield "The highest score must be above the lowest."
    total = sum((criterion.weight for criterion in rubric.criteria), Decimal(0))
    if total != 1:
        yield f"The weights of the criteria sum to {total}, not to 1."
    if len({criterion.key for criterion in rubric.criteria}) != len(rubric.criteria):
        yield "Two criteria have the same key."


def _check_stages(terms: Terms) -> Iterator[str]:
    for stage in terms.stages:
        if stage.block not in BLOCKS:
            yield f"{stage.label}: {stage.block} is not a kind of stage."
        if stage.ends_on < stage.starts_on:
            yield f"{stage.label}: it ends before it begins."


def to_plain(value: Any) -> Any:
    """Terms (or a part of them) as plain JSON values: decimals and dates as text, texts by language."""
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


def read_terms(plain: Mapping[str, Any]) -> Terms:
    """What :func:`to_plain` wrote; BadDefinition names what cannot be read."""
    try:
        return Terms(
            levels=tuple(Level(part["key"], Text(part["label"])) for part in plain.get("levels", ())),
            hosts=tuple(Host(part["key"], Text(part["label"]), part["supervisor"]) for part in plain.get("hosts", ())),
            seats=tuple(_read_seat(part) for part in plain.get("seats", ())),
            rubric=_read_rubric(plain.get("rubric", {"criteria": ()})),
            letters=tuple(LetterRule(**part | {"asked_in": tuple(part.get("asked_in", ()))}) for part in plain.get("letters", ())),
            stages=tuple(_read_stage(part) for part in plain.get("stages", ())),
            benefits=tuple(_read_benefit(part) for part in plain.get("benefits", ())),
            rules=tuple(plain.get("rules", ())),
            country_ceiling=plain.get("country_ceiling"),
            reserves=tuple(_read_reserve(part) for part in plain.get("reserves", ())),
            offer_days=int(plain.get("offer_days", 21)),
            selection_method=plain.get("selection_method", "rank_and_fill"),
        )
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise BadDefinition(f"The terms cannot be read: {error}") from error


def _read_seat(part: Mapping[str, Any]) -> SeatNode:
    parent, level, host, fund = (str(part.get(key, "")) for key in ("parent", "level", "host", "fund"))
    only, favour = (tuple(part.get(key, ())) for key in ("only", "favour"))
    return SeatNode(part["key"], Text(part["label"]), int(part["capacity"]), parent, level, host, fund, only, favour)


def _read_reserve(part: Mapping[str, Any]) -> SeatReserve:
    return SeatReserve(str(part["group"]), int(part["seats"]), str(part.get("node", "")))


def _read_rubric(part: Mapping[str, Any]) -> Rubric:
    criteria = tuple(_read_criterion(each) for each in part.get("criteria", ()))
    numbers = {key: int(part[key]) for key in ("scale_lowest", "scale_highest", "reviews_each") if key in part}
    return Rubric(criteria, **numbers, is_blind=bool(part.get("is_blind", True)))


def _read_criterion(part: Mapping[str, Any]) -> Criterion:
    anchors = tuple((int(value), Text(words)) for value, words in part.get("anchors", ()))
    return Criterion(part["key"], Text(part["label"]), Decimal(part["weight"]), Text(part.get("hint", "")), anchors)


def _read_stage(part: Mapping[str, Any]) -> Stage:
    starts_on, ends_on = dt.date.fromisoformat(part["starts_on"]), dt.date.fromisoformat(part["ends_on"])
    return Stage(part["key"], part["block"], Text(part["label"]), starts_on, ends_on)


def _read_benefit(part: Mapping[str, Any]) -> Benefit:
    amount = Decimal(part["amount"]) if part.get("amount") is not None else None
    places = {key: tuple(part.get(key, ())) for key in ("levels", "funds")}
    return Benefit(part["key"], Text(part["label"]), Text(part["payer"]), amount, part.get("currency", ""), part.get("per", ""), **places)
