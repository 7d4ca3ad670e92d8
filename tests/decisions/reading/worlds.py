"""Calls of every kind drawn by a seed, without a database: people, reviews, places, and what a
panel decided beside them; selected as the product does it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from anso.applications.models import Application
from anso.applications.queries.required_letters import Lack
from anso.calls.models import Call, Step
from anso.decisions.actions import computing
from anso.decisions.models import Decision, Placement, SelectionRun
from anso.decisions.queries.bars import Bar, lower_bar
from anso.decisions.queries.inputs import SelectionInputs, _with_ends
from anso.kernel.terms import PlaceNode, PlaceReserve, Terms, favoured_group
from anso.kernel.wording import both
from anso.programmes.catalogue import KINDS
from anso.programmes.kinds import ProgrammeKind
from anso.programmes.methods import SelectionProblem, find_selection_method
from anso.programmes.methods.withholding import withhold
from anso.programmes.outcomes import Grant, Pairing, Places, Recognition, find_outcome
from anso.selection.adjusting import Adjustment
from anso.selection.allocation import Candidate, Withheld
from anso.selection.ranking import Criterion, Review
from tests.programmes.unknown_kind import FIELD_SCHOOLS
from tests.programmes.unknown_kind.outcome import FieldSchools

COUNTRIES = ("KE", "NP", "BR", "UZ")
OUTCOMES = ("fellowship", "prize", "grant", "recognition", "pairing", "field_schools")


@dataclass(frozen=True)
class World:
    """One call that was selected: its terms, what the selection was asked, and what became of
    everybody, by number.
    """

    name: str
    kind: ProgrammeKind
    terms: Terms
    inputs: SelectionInputs
    run: SelectionRun
    placements: Mapping[str, Placement]

    def decision_of(self, placement: Placement) -> Decision:
        """What is prepared from a placement."""
        return Decision(
            application=placement.application,
            run=self.run,
            step=self.run.step,
            result=placement.result,
            place=placement.place,
            waiting_position=placement.waiting_position,
            adjustment_told="The jury heard it." if "adjusted" in placement.facts else "",
        )


def make_worlds(seeds: int) -> Iterator[World]:
    """So many calls of every outcome, and twice as many of the one that has most to say."""
    for outcome in OUTCOMES:
        for seed in range(seeds * 2 if outcome == "fellowship" else seeds):
            yield make_world(outcome, seed)


def make_world(outcome: str, seed: int) -> World:
    """One call of an outcome, as the seed draws it."""
    random = Random(f"{outcome} {seed} 1")
    count = random.choice((1, 2, 5, 8, 12))
    kind, terms = _terms(outcome, random, count)
    inputs = _inputs(terms, random, count)
    function = "jury" if "jury" in kind.bodies else "panel"
    return selected(f"{outcome} {seed}", kind, terms, inputs, function)


def selected(
    name: str, kind: ProgrammeKind, terms: Terms, inputs: SelectionInputs, function: str
) -> World:
    """The same as ``compute_selection`` has it, with nothing kept."""
    selection = find_selection_method(inputs.method).select(inputs.task)
    step = Step(key="review", label={"en": "Review", "ar": "التقييم"}, block="review", order=2)
    call = Call(title={"en": "Round 2027", "ar": "جولة 2027"}, slug="round-2027")
    run = SelectionRun(call=call, step=step, number=1, reference="RUN")
    before, computing.judging_function_of = computing.judging_function_of, lambda _call: function
    try:
        placements = list(computing._placements(run, inputs, selection))
    finally:
        computing.judging_function_of = before
    run.figures = computing._figures(inputs, selection) | {"steps": []}
    run.figures["drawn"] = sum(each.facts["is_drawn"] for each in placements)
    by_number = {each.application.number: each for each in placements}
    return World(name, kind, terms, inputs, run, by_number)


def _terms(outcome: str, random: Random, count: int) -> tuple[ProgrammeKind, Terms]:
    kind = {
        "fellowship": KINDS["fellowship"],
        "prize": KINDS["prize"],
        "field_schools": FIELD_SCHOOLS,
    }.get(outcome, KINDS["collaborative_research"])
    terms = kind.terms_for(2027)
    room = random.choice((0, 1, 2, 3, max(1, count // 2)))
    if outcome == "fellowship":
        part = _places(random, min(room, 3))
    elif outcome == "prize":
        part = terms.outcome.with_counts(
            {key: random.choice((0, 1, 1, 2)) for key in terms.outcome.counted()}
        )
    elif outcome == "grant":
        budget = random.choice((None, Decimal(900), Decimal(1_500), Decimal("2400.50")))
        most = None if budget is None else random.choice((None, Decimal(700)))
        part = Grant(room, budget, most, "CNY", both("Projects", "المشاريع"))
    elif outcome == "recognition":
        part = Recognition(room, both("Associations", "الجمعيات"))
    elif outcome == "pairing":
        part = Pairing(room, both("Experts", "الخبراء"), answer_days=14)
    else:
        part = FieldSchools(schools=room, weeks=4)
    highest = terms.last_rubric.scale_highest
    return kind, replace(
        terms,
        outcome=part,
        selection_method=random.choice(("rank_and_fill", "rank_and_fill", "calibrated")),
        minimum_score=random.choice((None, None, Decimal(highest) / 2)),
        adjustment_most=Decimal(1),
        waiting_share=random.choice((0, 50, 100, 100, 300)),
    )


def _places(random: Random, room: int) -> Places:
    """A tree with general places, and places that favour or are open to some."""
    favoured = random.choice((0, 1, 1, 2))
    nodes = (
        PlaceNode("phd", both("Doctoral", "الدكتوراه"), room + favoured),
        PlaceNode("phd-ustc", both("Doctoral, USTC", "دكتوراه"), room, "phd", "phd", "USTC"),
        PlaceNode("phd-ucas", both("Doctoral, UCAS", "دكتوراه ثانية"), 2, "phd", "phd", "UCAS"),
        PlaceNode(
            "phd-twas", both("Doctoral, TWAS", "دكتوراه ثالثة"), favoured, "phd", "phd", "USTC",
            "TWAS", ("developing",), ("LDC", "women"),
        ),
        PlaceNode(
            "phd-own", both("Doctoral, of a fund", "دكتوراه رابعة"), 1, "phd", "phd", "FUND",
            only=("developing",),
        ),
        PlaceNode("master", both("Master", "الماجستير"), 1, "", "master", "USTC"),
    )  # fmt: skip
    kept = random.choice(("phd-ustc", "phd", "", None, None, None))
    reserves = (PlaceReserve("women", 1, kept),) if room and kept is not None else ()
    return Places(nodes, reserves, random.choice((None, 1, 2)))


def _inputs(terms: Terms, random: Random, count: int) -> SelectionInputs:
    rubric = terms.last_rubric
    scale = rubric.scale_lowest, rubric.scale_highest
    numbers = [f"N27-{number:04d}" for number in range(1, count + 1)]
    lacks = {each: _lacks(terms, random) for each in numbers if random.random() < 0.06}
    lacks = {number: found for number, found in lacks.items() if found}
    people = tuple(_person(each, terms, random, lacks.get(each, ())) for each in numbers)
    limits = find_outcome(terms.outcome.code).limits(terms.outcome, people)
    criteria = tuple(Criterion(each.key, each.weight) for each in rubric.criteria)
    task = SelectionProblem(
        reviews=_reviews(numbers, criteria, scale, random),
        criteria=criteria,
        candidates=tuple(
            replace(each, groups=each.groups & limits.groups()) for each in people
        ),
        quotas=limits.quotas, ceilings=limits.ceilings, reserves=limits.reserves,
        scale=scale, seed=f"terms {random.random()}",
    )  # fmt: skip
    call = Call(title={"en": "Round 2027", "ar": "جولة 2027"})
    inputs = SelectionInputs(
        {each: Application(call=call, number=each, state="eligible") for each in numbers},
        terms.selection_method,
        task,
        {each.key: each.groups for each in people},
        (),
        lacks=lacks,
        favours={node.key: favoured_group(node) for node in terms.outcome.tree() if node.favour},
        unknown_wishes=tuple(each.key for each in people if not each.preferences),
    )
    if random.random() < 0.15:
        return _going_on(inputs, random, count)
    return _beside(inputs, terms, random)


def _going_on(inputs: SelectionInputs, random: Random, count: int) -> SelectionInputs:
    bar = Bar(number=random.randint(0, count))
    barred = {
        key for key, lacking in inputs.lacks.items() if any(not each.host for each in lacking)
    }
    asked, method = lower_bar(inputs.task, bar, inputs.method, barred)
    block = random.choice(("applications", "review"))
    step = Step(key="next", label={"en": "Interviews", "ar": "المقابلات"}, block=block, order=4)
    return replace(inputs, task=asked, method=method, leads_to=step, bar=bar)


def _beside(inputs: SelectionInputs, terms: Terms, random: Random) -> SelectionInputs:
    leaves = [each.key for each in inputs.task.quotas]
    withheld = (
        (Withheld(random.choice(leaves), "Nobody was fit."),) if random.random() < 0.12 else ()
    )
    moved = [each.key for each in inputs.task.candidates if random.random() < 0.08]
    moves = tuple(
        Adjustment(key, random.choice((Decimal("0.5"), Decimal("-0.75"))), "Heard.")
        for key in moved
        if any(each.item == key for each in inputs.task.reviews)
    )
    task = replace(inputs.task, minimum=terms.minimum_score, adjustments=moves)
    left = withhold(task, withheld)
    return replace(
        inputs,
        task=_with_ends(left.task, terms.waiting_share),
        closed=left.closed,
        withheld=withheld,
        record=left.record,
    )


def _person(number: str, terms: Terms, random: Random, lacks: tuple[Lack, ...]) -> Candidate:
    levels = sorted({node.level for node in terms.outcome.tree() if node.level}) or [""]
    hosts = sorted({node.host for node in terms.outcome.tree() if node.host}) or [""]
    asked = random.sample(hosts, random.randint(1, len(hosts)))
    without = {lack.host for lack in lacks}
    level = random.choice(levels) if random.random() < 0.95 else "unheard of"
    wishes = tuple(
        leaf.key
        for host in asked
        if host not in without and "" not in without
        for leaf in terms.outcome.leaves_for(level, host)
    )
    groups = {f"country:{random.choice(COUNTRIES)}"}
    groups |= {key for key in ("women", "LDC", "developing") if random.random() < 0.5}
    favoured = {favoured_group(node) for node in terms.outcome.tree() if groups & set(node.favour)}
    if terms.outcome.purse is None:
        return Candidate(number, wishes, frozenset(groups | favoured))
    asked = random.choice((None, Decimal(300), Decimal(500), Decimal("699.99"), Decimal(1_000)))
    cost = terms.outcome.cost_of(asked)
    wishes = () if cost is None else wishes
    return Candidate(number, wishes, frozenset(groups | favoured), cost or Decimal(0))


def _lacks(terms: Terms, random: Random) -> tuple[Lack, ...]:
    required = [rule for rule in terms.letters if rule.is_required]
    if not required:
        return ()
    rule = random.choice(required)
    host = random.choice(sorted(set(rule.hosts.values())) or [""])
    return (Lack(rule, host, 0, 1 if host else rule.count or 1),)


def _reviews(
    numbers: list[str], criteria: tuple[Criterion, ...], scale: tuple[int, int], random: Random
) -> tuple[Review, ...]:
    """Of reviewers of different severity, in whole numbers, so that there are ties; some files have
    fewer, and some none that can be used.
    """
    severity = {f"r{number}": random.choice((-1, 0, 0, 1)) for number in range(4)}
    most = random.choice((1, 2, 3))
    found: list[Review] = []
    for number in numbers:
        level = random.randint(scale[0], scale[1])
        each = most if random.random() < 0.85 else random.randint(0, most)
        found += [
            Review(number, reviewer, _scores(criteria, scale, level + severity[reviewer], random))
            for reviewer in random.sample(sorted(severity), each)
        ]
    return tuple(found)


def _scores(
    criteria: tuple[Criterion, ...], scale: tuple[int, int], level: int, random: Random
) -> dict[str, Decimal | None]:
    near = min(scale[1], max(scale[0], level + random.choice((-1, 0, 0, 1))))
    scores: dict[str, Decimal | None] = {each.key: Decimal(near) for each in criteria}
    if random.random() < 0.1:
        scores[criteria[0].key] = None
    return scores
