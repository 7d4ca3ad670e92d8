"""Whether terms can be published: contradictions among places, reserves, rubric and stages, each as
a fault of the part of the design that mends it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal
from string import Formatter

from anso.kernel.canonical import plain_decimal
from anso.kernel.errors import BadDefinition
from anso.kernel.faults import DesignFault, DesignPart, faults_of
from anso.kernel.terms.conflicts import check_conflicts
from anso.kernel.terms.intake import check_intake
from anso.kernel.terms.model import BLOCKS, LetterRule, LetterWords, Rubric, Terms
from anso.kernel.terms.occasion import check_occasion
from anso.kernel.terms.order import order_faults
from anso.kernel.terms.outcome import OutcomePart, PlaceNode
from anso.kernel.wording import FALLBACK_LANGUAGE, Message, Text, gettext_noop

# What the words of a letter may name; the house fills it in.
MOST_WAITING = 1000
LETTER_NAMES = frozenset({"applicant", "title", "call", "host", "count"})


def check_terms(terms: Terms) -> list[DesignFault]:
    """What is wrong with the terms; empty when they can be published."""
    return [
        *_check_names(terms),
        *_check_entries(terms),
        *faults_of(DesignPart.PLACES, _check_tree(terms.outcome)),
        *faults_of(DesignPart.PLACES, _check_asked_places(terms)),
        *faults_of(DesignPart.OUTCOME, _check_reserves(terms.outcome)),
        *faults_of(DesignPart.OUTCOME, _check_groups(terms)),
        *faults_of(DesignPart.OUTCOME, terms.outcome.check()),
        *faults_of(DesignPart.OUTCOME, _check_scores(terms)),
        *_check_benefits(terms),
        *_check_letters(terms),
        *_check_makers_of_rules(terms),
        *faults_of(DesignPart.RUBRIC, _check_rubrics(terms)),
        *faults_of(DesignPart.CONFLICTS, check_conflicts(terms.conflicts)),
        *faults_of(DesignPart.INTAKE, check_intake(terms.intake)),
        *faults_of(DesignPart.OCCASION, check_occasion(terms.occasion, _told_on(terms))),
        *faults_of(DesignPart.STAGES, _check_stages(terms)),
        *faults_of(DesignPart.STAGES, order_faults(terms.stages)),
    ]


def _told_on(terms: Terms) -> dt.date | None:
    found = (stage.starts_on for stage in terms.stages if stage.block == "release")
    return next(found, None)


def require_sound_terms(terms: Terms) -> Terms:
    """The terms, or BadDefinition with the first thing that is wrong."""
    for fault in check_terms(terms):
        raise BadDefinition.of(fault.message)
    return terms


def _check_names(terms: Terms) -> Iterator[DesignFault]:
    """Whatever people choose from or are given has an English name, and a key of its own."""
    for part, rows in (
        (DesignPart.LEVELS, terms.levels),
        (DesignPart.HOSTS, terms.hosts),
        (DesignPart.BENEFITS, terms.benefits),
        (DesignPart.PLACES, terms.outcome.tree()),
        (DesignPart.GROUPS, terms.groups),
        (DesignPart.NAMES_OF_STAGES, terms.stages),
    ):
        for row in rows:
            if FALLBACK_LANGUAGE not in row.label:
                text = gettext_noop("“%(key)s” has no English name.")
                yield DesignFault(part, Message("no_name", text, {"key": row.key}), at=(row.key,))


def _check_entries(terms: Terms) -> Iterator[DesignFault]:
    if terms.entries_each < 1:
        text = gettext_noop("One person must be able to hand in something.")
        message = Message("no_entries", text)
        yield DesignFault(DesignPart.FURTHER_RULES, message, at=("further_rules",))


def _check_asked_places(terms: Terms) -> Iterator[Message]:
    """What people ask for by level and host is what the places are of."""
    levels, hosts = ({each.key for each in rows} for rows in (terms.levels, terms.hosts))
    for node in terms.outcome.tree():
        for key, known in ((node.level, levels), (node.host, hosts)):
            if key and key not in known:
                text = gettext_noop(
                    "%(place)s: “%(key)s” is nothing that people choose in this call, and no host"
                    " of it."
                )
                yield Message("unknown_place", text, {"place": node.label, "key": key})


def _check_benefits(terms: Terms) -> Iterator[DesignFault]:
    """A benefit for nobody misleads, and nothing depends on it; a sum without a currency says
    nothing.
    """
    levels = {level.key for level in terms.levels}
    funds = {node.fund for node in terms.outcome.tree()}
    for benefit in terms.benefits:
        place = {"benefit": benefit.label}
        if set(benefit.levels) - levels or set(benefit.funds) - funds:
            text = gettext_noop("%(benefit)s: what it is for, or its fund, does not exist.")
            message = Message("benefit_nowhere", text, place)
            yield DesignFault(DesignPart.BENEFITS, message, is_blocking=False, at=(benefit.key,))
        if benefit.amount is not None and not benefit.currency:
            text = gettext_noop("%(benefit)s: a sum of money needs its currency.")
            message = Message("no_currency", text, place)
            yield DesignFault(DesignPart.BENEFITS, message, at=(benefit.key,))
        if benefit.amount is not None and benefit.amount < 0:
            text = gettext_noop("%(benefit)s: the sum cannot be negative.")
            message = Message("negative", text, place)
            yield DesignFault(DesignPart.BENEFITS, message, at=(benefit.key,))


def _check_letters(terms: Terms) -> Iterator[DesignFault]:
    """A letter that is asked for is asked of somebody, in words that can be filled in, for hosts
    that there are.
    """
    hosts = {host.key for host in terms.hosts}
    for rule in terms.letters:
        for message in _faults_of_letter(rule, hosts):
            yield DesignFault(DesignPart.LETTERS, message, at=(rule.kind,))


def _faults_of_letter(rule: LetterRule, hosts: set[str]) -> Iterator[Message]:
    place = {"letter": rule.words.name or rule.kind}
    if rule.count < 1:
        text = gettext_noop("%(letter)s: ask for at least one, or take it away.")
        yield Message("no_letter", text, place)
    for key in sorted(set(rule.hosts.values()) - hosts):
        text = gettext_noop("%(letter)s: the host “%(host)s” does not exist.")
        yield Message("letter_nowhere", text, place | {"host": key})
    for name in unknown_names(rule.words):
        text = gettext_noop("%(letter)s: “%(name)s” cannot be filled in.")
        yield Message("unknown_name", text, place | {"name": name})


def unknown_names(words: LetterWords) -> tuple[str, ...]:
    """What stands in curly brackets in the words of a letter and names nothing that is known."""
    texts = [
        text for part in fields(words) for text in getattr(words, part.name).to_dict().values()
    ]
    return tuple(dict.fromkeys(name for text in texts for name in _unknown_in(text)))


def _unknown_in(text: str) -> Iterator[str]:
    try:
        named = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
        text.format(**dict.fromkeys(named, ""))
    except (KeyError, IndexError, ValueError, AttributeError):
        yield text
        return
    yield from (f"{{{name}}}" for name in named if name not in LETTER_NAMES)


def _check_makers_of_rules(terms: Terms) -> Iterator[DesignFault]:
    hosts = {host.key for host in terms.hosts}
    for rules in terms.rules:
        if rules.get("host") and rules["host"] not in hosts:
            text = gettext_noop("%(rules)s: the host “%(host)s” does not exist.")
            facts = {"rules": Text.from_dict(rules.get("name")), "host": rules["host"]}
            message = Message("rules_nowhere", text, facts)
            yield DesignFault(DesignPart.MAKERS_OF_RULES, message, at=(str(rules["code"]),))


def _check_tree(outcome: OutcomePart) -> Iterator[Message]:
    tree = outcome.tree()
    nodes = {node.key: node for node in tree}
    if len(nodes) != len(tree):
        yield Message("node_twice", gettext_noop("Two groups of places have the same key."))
    for node in tree:
        place = {"place": node.label}
        if node.capacity < 0:
            yield Message(
                "negative", gettext_noop("%(place)s: the number cannot be negative."), place
            )
        if node.parent and node.parent not in nodes:
            yield Message(
                "no_parent",
                gettext_noop("%(place)s: the group above it, “%(parent)s”, does not exist."),
                place | {"parent": node.parent},
            )
    for node in _out_of_order(tree):
        text = gettext_noop("%(place)s: it must stand below “%(parent)s”, of which it is a part.")
        facts = {"place": node.label, "parent": nodes[node.parent].label}
        yield Message("above_its_whole", text, facts)
    for parent in sorted({node.parent for node in tree if node.parent in nodes}):
        below = sum(node.capacity for node in tree if node.parent == parent)
        if below < nodes[parent].capacity:
            yield Message(
                "too_few_below",
                gettext_noop(
                    "%(place)s: the groups below hold %(below)s, fewer than its %(capacity)s."
                ),
                {
                    "place": nodes[parent].label,
                    "below": below,
                    "capacity": nodes[parent].capacity,
                },
            )


def _out_of_order(tree: tuple[PlaceNode, ...]) -> list[PlaceNode]:
    """The nodes that stand above the one of which they are a part, also where parts go in a
    circle.
    """
    known = {node.key for node in tree}
    seen: set[str] = set()
    wrong = []
    for node in tree:
        if node.parent in known - seen:
            wrong.append(node)
        seen.add(node.key)
    return wrong


def _check_reserves(outcome: OutcomePart) -> Iterator[Message]:
    tree, everywhere = outcome.tree(), outcome.all_reserves()
    if _out_of_order(tree):
        return  # what is kept is summed up from below, which has no end in a circle
    nodes = {node.key: node for node in tree}
    if len({(reserve.group, reserve.node) for reserve in everywhere}) != len(everywhere):
        yield Message(
            "kept_twice",
            gettext_noop("The same group has something kept for it twice in one part of the tree."),
        )
    for reserve in outcome.reserves:
        if reserve.node and reserve.node not in nodes:
            yield Message(
                "kept_nowhere",
                gettext_noop("Something is kept for a group in “%(place)s”, which does not exist."),
                {"place": reserve.node},
            )
        if reserve.places < 1:
            yield Message("nothing_kept", gettext_noop("Keep at least one for a group, or none."))
    room = {node.key: node.capacity for node in tree} | {"": outcome.capacity()}
    for key, most in room.items():
        kept = sum(_kept_in(outcome, key).values())
        if tree and kept > most:
            yield _too_many_kept(nodes[key].label if key else None, kept, most)


def _check_groups(terms: Terms) -> Iterator[Message]:
    declared = {group.key for group in terms.groups}
    for key in sorted((terms.outcome.named_groups() | set(terms.figures)) - declared):
        text = gettext_noop("“%(group)s” is no group of people that this programme knows.")
        yield Message("unknown_group", text, {"group": key})


def _check_scores(terms: Terms) -> Iterator[Message]:
    """The least mean is one that somebody can have, and a move stays within the scale."""
    if terms.waiting_share < 0 or terms.waiting_share > MOST_WAITING:
        text = gettext_noop(
            "How many come next is between 0 and %(most)s percent of what there is to give."
        )
        yield Message("waiting_share", text, {"most": MOST_WAITING})
    least, most, rubric = terms.minimum_score, terms.adjustment_most, terms.last_rubric
    if most is not None and not 0 < most <= rubric.scale_highest - rubric.scale_lowest:
        text = gettext_noop(
            "A mean may be moved by more than nothing and by at most %(span)s points, the length of"
            " the scale."
        )
        yield Message("move_outside", text, {"span": rubric.scale_highest - rubric.scale_lowest})
    if least is None:
        return
    if not any(each.criteria for each in (terms.rubric, *terms.rubrics.values())):
        text = gettext_noop("A least mean is asked for, and no review gives a score.")
        yield Message("no_scores", text)
    elif not rubric.scale_lowest <= least <= rubric.scale_highest:
        text = gettext_noop(
            "The least mean, %(least)s, lies outside of the scale from %(lowest)s to %(highest)s."
        )
        facts = {"lowest": rubric.scale_lowest, "highest": rubric.scale_highest}
        yield Message("least_outside", text, facts | {"least": plain_decimal(least)})


def _too_many_kept(label: object, kept: int, most: int) -> Message:
    facts = {"kept": kept, "most": most}
    if label is None:
        text = gettext_noop(
            "In all, %(kept)s are kept for groups, more than the %(most)s there are."
        )
        return Message("too_many_kept", text, facts)
    text = gettext_noop(
        "%(place)s: %(kept)s are kept for groups, more than the %(most)s there are."
    )
    return Message("too_many_kept", text, facts | {"place": label})


def _kept_in(outcome: OutcomePart, key: str) -> dict[str, int]:
    """Places kept in a node for each group: its own reserve, or the sum of those below it where
    that is more.
    """
    below: dict[str, int] = {}
    for node in outcome.tree():
        if node.parent == key and node.key != key:
            for group, places in _kept_in(outcome, node.key).items():
                below[group] = below.get(group, 0) + places
    own = {each.group: each.places for each in outcome.all_reserves() if each.node == key}
    return {group: max(own.get(group, 0), below.get(group, 0)) for group in own | below}


def _check_rubrics(terms: Terms) -> Iterator[Message]:
    for rubric in (terms.rubric, *terms.rubrics.values()):
        yield from _check_rubric(rubric)
    for stage in terms.stages:
        if stage.rubric and stage.rubric not in terms.rubrics:
            yield Message(
                "unknown_rubric",
                gettext_noop("%(stage)s: its rubric “%(rubric)s” does not exist."),
                {"stage": stage.label, "rubric": stage.rubric},
            )


def _check_rubric(rubric: Rubric) -> Iterator[Message]:
    if not rubric.criteria:
        return
    if rubric.scale_highest <= rubric.scale_lowest:
        yield Message("scale_reversed", gettext_noop("The highest score must be above the lowest."))
    total = sum((criterion.weight for criterion in rubric.criteria), Decimal(0))
    if total != 1:
        yield Message(
            "weights",
            gettext_noop("The weights of the criteria sum to %(total)s, not to 1."),
            {"total": plain_decimal(total)},
        )
    if len({criterion.key for criterion in rubric.criteria}) != len(rubric.criteria):
        yield Message("criterion_twice", gettext_noop("Two criteria have the same key."))


def _check_stages(terms: Terms) -> Iterator[Message]:
    for stage in terms.stages:
        if stage.block not in BLOCKS:
            yield Message(
                "unknown_block",
                gettext_noop("%(stage)s: “%(block)s” is not a kind of stage."),
                {"stage": stage.label, "block": stage.block},
            )
        if stage.ends_on < stage.starts_on:
            yield Message(
                "stage_reversed",
                gettext_noop("%(stage)s: it ends before it begins."),
                {"stage": stage.label},
            )
