"""What a selection is computed from: the submitted reviews, preferences and groups of all eligible
applications of a call.

Reviewers and applicants stand in it under references and numbers, never under names, so that the
record can be handed on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from anso.applications.models import Application
from anso.applications.queries import submitted_facts_of
from anso.applications.queries.required_letters import Lack, lacks_of_submitted
from anso.applications.queries.windows import standing_for
from anso.calls.models import Call, Step
from anso.calls.queries import announced_seed, get_deadline, get_terms
from anso.calls.queries.steps import rubric_of, step_after
from anso.decisions.queries.bars import Bar, lower_bar
from anso.decisions.queries.beside_reviews import adjusted_rows, withheld_rows
from anso.directory.queries import country_classes_on
from anso.hosting.enums import HostSays
from anso.hosting.models import HostAnswer
from anso.hosting.queries import answers_of_hosts
from anso.kernel.questions import Meaning
from anso.kernel.terms import Group, Terms, favoured_group
from anso.programmes.methods import SelectionProblem
from anso.programmes.methods.withholding import Closed, withhold
from anso.programmes.outcomes import find_outcome
from anso.programmes.outcomes.model import COUNTRY
from anso.review.models import Score
from anso.selection.adjusting import Adjustment
from anso.selection.allocation import Candidate, QuotaNode, Withheld
from anso.selection.ranking import Criterion, Review
from anso.selection.record import Record


@dataclass(frozen=True)
class SelectionInputs:
    """The applications by number, the method that the call's terms name, and what it is asked.

    The task is what the record keeps, so its candidates stand in no group but those that a limit
    of the outcome needs. ``groups`` are all that somebody belongs to, for figures; ``told`` are
    the groups of which a share may be told. ``favours`` are the groups that a place favours, and
    ``unknown_wishes`` the applications that ask for nothing the call gives. ``leads_to`` is the
    step to which those selected go on; None where they receive what the call gives. ``withheld`` is
    what the deciding body does not award, with the ``record`` of taking it out, and ``closed`` what
    each application asked for in vain therefore. ``reviews_each`` is how many the call
    promises. ``hosts`` is what hosts said of each, where they said anything.
    """

    applications: dict[str, Application]
    method: str
    task: SelectionProblem
    groups: dict[str, frozenset[str]]
    told: tuple[str, ...]
    leads_to: Step | None = None
    bar: Bar | None = None
    lacks: Mapping[str, tuple[Lack, ...]] = field(default_factory=dict)
    hosts: Mapping[str, Mapping[str, HostAnswer]] = field(default_factory=dict)
    favours: Mapping[str, str] = field(default_factory=dict)
    unknown_wishes: tuple[str, ...] = ()
    closed: Mapping[str, tuple[Closed, ...]] = field(default_factory=dict)
    withheld: tuple[Withheld, ...] = ()
    reviews_each: int = 0
    record: Mapping[str, Record] = field(default_factory=dict)

    def short_files(self) -> list[list[Any]]:
        """Applications with fewer reviews than the call promises: the number and how many there
        are, in the order of numbers. One that could judge nothing is not there.
        """
        given = Counter(
            review.item
            for review in self.task.reviews
            if any(value is not None for value in review.scores.values())
        )
        return [[key, given[key]] for key in self.applications if given[key] < self.reviews_each]


def get_selection_inputs(call: Call, step: Step, bar: Bar | None = None) -> SelectionInputs:
    """Everything a run of one step needs, in a fixed number of queries. ``bar`` says how many go on
    from a step that leads to another; without it the places of the call are given.
    """
    terms = get_terms(call)
    found = Application.objects.filter(standing_for(step), call=call, state="eligible")
    applications = {
        # In order, like the reviews below: the order of inputs is part of the record and of its
        # digest.
        each.number: each
        for each in found.select_related("applicant").order_by("number")
    }
    lacks = _lacks(call, applications)
    hosts = _said_by_hosts(applications)
    closed = {key: _closed_hosts(lacks.get(key, ()), hosts.get(key, {})) for key in applications}
    people = _candidates(call, terms, applications, closed)
    limits = find_outcome(terms.outcome.code).limits(terms.outcome, people)
    needed = limits.groups()
    rubric = rubric_of(terms, step)
    task = SelectionProblem(
        reviews=_reviews(applications, step),
        criteria=tuple(Criterion(criterion.key, criterion.weight) for criterion in rubric.criteria),
        # What no limit needs is left out, because the record is handed on.
        candidates=tuple(replace(each, groups=each.groups & needed) for each in people),
        quotas=limits.quotas,
        ceilings=limits.ceilings,
        reserves=limits.reserves,
        scale=(rubric.scale_lowest, rubric.scale_highest),
        seed=announced_seed(call),
    )
    inputs = SelectionInputs(
        applications,
        terms.selection_method,
        task,
        {each.key: each.groups for each in people},
        tuple(key for key in terms.figures if _may_be_told(terms.group(key), needed)),
        lacks=lacks,
        hosts=hosts,
        reviews_each=rubric.reviews_each if step.block == "review" else 0,
        favours={node.key: favoured_group(node) for node in terms.outcome.tree() if node.favour},
        unknown_wishes=tuple(
            each.key for each in people if not each.preferences and not closed[each.key]
        ),
    )
    leads_to = step_after(call, step)
    if bar is None or leads_to is None:
        return _with_decisions(inputs, call, terms)
    barred = {number for number, lacking in lacks.items() if any(not each.host for each in lacking)}
    asked, method = lower_bar(task, bar, terms.selection_method, barred)
    return replace(inputs, task=asked, method=method, leads_to=leads_to, bar=bar)


def _with_decisions(inputs: SelectionInputs, call: Call, terms: Terms) -> SelectionInputs:
    """The same with what was decided beside the reviews, and without what is not awarded in this
    edition. Where people only go on to another step none of it counts yet.
    """
    withheld = tuple(Withheld(*row) for row in withheld_rows(call))
    moves = tuple(Adjustment(key, Decimal(by), why) for key, by, why in adjusted_rows(call))
    task = replace(inputs.task, minimum=terms.minimum_score, adjustments=moves)
    left = withhold(task, withheld)
    return replace(
        inputs,
        task=_with_ends(left.task, terms.waiting_share),
        closed=left.closed,
        withheld=withheld,
        record=left.record,
    )


def _with_ends(task: SelectionProblem, share: int) -> SelectionProblem:
    """The same where every list of those who come next ends: after that share, in percent, of what
    there is to give.
    """
    parts = {each.key: each for each in task.quotas}

    def room(node: QuotaNode) -> int:
        above = parts.get(node.parent or "")
        return min(node.capacity, room(above)) if above else node.capacity

    # Rounded up: where one in two comes next, one does for a single place.
    ended = (replace(each, waiting=-(-room(each) * share // 100)) for each in task.quotas)
    return replace(task, quotas=tuple(ended))


def _may_be_told(group: Group | None, needed: frozenset[str]) -> bool:
    """A sensitive group counts only where a limit of the outcome needs it anyway."""
    return group is not None and (not group.is_sensitive or group.key in needed)


def _lacks(call: Call, applications: dict[str, Application]) -> dict[str, tuple[Lack, ...]]:
    """Which required letters each application lacks, by number; those that lack nothing left
    out.
    """
    found = lacks_of_submitted(call, applications.values())
    return {
        number: found[application.pk]
        for number, application in applications.items()
        if found.get(application.pk)
    }


def _candidates(
    call: Call,
    terms: Terms,
    applications: dict[str, Application],
    closed: Mapping[str, frozenset[str]],
) -> tuple[Candidate, ...]:
    submitted = submitted_facts_of(applications.values())
    # As the eligibility check sees them: on the last day of the call.
    classes = country_classes_on(get_deadline(call).last_day)
    found = []
    for number, application in applications.items():
        facts = submitted[application.pk]
        groups = _groups(terms, facts, classes)
        favoured = {
            favoured_group(node) for node in terms.outcome.tree() if groups & set(node.favour)
        }
        leaves = _leaves(terms, facts, closed[number])
        cost = _cost(terms, facts)
        # Nobody is given what nobody can say the price of.
        wishes = () if cost is None else leaves
        found.append(Candidate(number, wishes, groups | favoured, cost or Decimal(0)))
    return tuple(found)


def _said_by_hosts(
    applications: dict[str, Application],
) -> dict[str, Mapping[str, HostAnswer]]:
    """What hosts said, by number; those about whom none did left out."""
    said = answers_of_hosts(applications.values())
    return {number: said[each.pk] for number, each in applications.items() if each.pk in said}


def _closed_hosts(lacks: Iterable[Lack], said: Mapping[str, HostAnswer]) -> frozenset[str]:
    """The hosts at which nothing is given to an application: for want of what is required there, or
    because the host does not admit it. A blank one stands for all.
    """
    refused = {key for key, each in said.items() if each.says == HostSays.REFUSES}
    return frozenset(refused | {lack.host for lack in lacks})


def _leaves(terms: Terms, facts: Mapping[str, Any], without: frozenset[str]) -> tuple[str, ...]:
    """The places an applicant would take, best first: hosts in their order, narrower funds before
    general money; none at the hosts that are closed to it.
    """
    if "" in without:
        return ()
    wished = facts.get(Meaning.PREFERENCE, "")
    hosts = dict.fromkeys(wished if isinstance(wished, list) else [wished])
    hosts = {host: None for host in hosts if host not in without}
    category = str(facts.get(Meaning.CATEGORY, ""))
    return tuple(leaf.key for host in hosts for leaf in terms.outcome.leaves_for(category, host))


def _cost(terms: Terms, facts: Mapping[str, Any]) -> Decimal | None:
    """What giving it costs the budget of the call, as it was submitted; None where that is not
    known.
    """
    if terms.outcome.purse is None:
        return Decimal(0)
    asked = facts.get(Meaning.REQUESTED)
    return terms.outcome.cost_of(None if asked in (None, "") else Decimal(str(asked)))


def _groups(
    terms: Terms, facts: Mapping[str, Any], classes: dict[str, frozenset[str]]
) -> frozenset[str]:
    """The groups that the programme declares, and the country, for which there may be a ceiling."""
    country = str(facts.get(Meaning.COUNTRY, ""))
    own = {f"{COUNTRY}{country}"} if country else set()
    return frozenset(own | {group.key for group in terms.groups if group.has(facts, classes)})


def _reviews(applications: dict[str, Application], step: Step) -> tuple[Review, ...]:
    """The submitted reviews of the step and of no other, a reviewer under the reference of the
    role.
    """
    numbers = {application.pk: number for number, application in applications.items()}
    scores: dict[tuple[int, str], dict[str, Decimal | None]] = {}
    found = Score.objects.filter(
        review__assignment__application_id__in=numbers,
        review__assignment__step=step,
        review__assignment__state="submitted",
    )
    rows = found.values_list(
        "review__assignment__application_id",
        "review__assignment__reviewer__reference",
        "criterion",
        "value",
    )
    for application, reviewer, criterion, value in rows.order_by("review_id", "criterion"):
        scores.setdefault((application, reviewer), {})[criterion] = value
    return tuple(
        Review(numbers[application], reviewer, values)
        for (application, reviewer), values in scores.items()
    )
