"""Rules on the organisation that somebody names: that it is a member of the alliance, or the same
one as another answer names.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from anso.kernel.eligibility.classes import CountryClasses
from anso.kernel.eligibility.kinds.base import (
    NOTHING_ASSUMED,
    Judgement,
    RuleResult,
    asked_fact,
)
from anso.kernel.eligibility.kinds.difference import (
    ORGANISATIONS,
    REGISTERED,
    compare_facts,
    named_in,
)
from anso.kernel.eligibility.model import Rule, names_in
from anso.kernel.eligibility.reach import Domains, Reach
from anso.kernel.likeness import Likeness, organisation_key, organisations_alike
from anso.kernel.rows import Column, ColumnKind
from anso.kernel.wording import gettext_noop

# Among the facts: a name or acronym, in its words, of each member on the day of judging, to its
# name.
MEMBERS = "members_by_name"
SAME = {
    None: RuleResult.UNKNOWN,
    Likeness.SAME: RuleResult.MET,
    Likeness.NEAR: RuleResult.QUESTION,
    Likeness.DIFFERENT: RuleResult.NOT_MET,
}
NAMING_ORGANISATIONS = ("text", "person", "partners", "names")


class IsMember:
    """The organisation, or every one of several, is a member of the alliance; terms: fact.

    A name that only looks like a member's is a question for an officer, unless the directory knows
    it as an organisation of its own.
    """

    code = "is_member"
    label = gettext_noop("The organisation is a member of the alliance")
    asks = (asked_fact(*NAMING_ORGANISATIONS),)
    needs = ("fact",)
    assumes = NOTHING_ASSUMED

    def judge(
        self, rule: Rule, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
    ) -> Judgement:
        """Judge by the organisation that is least of a member, and show it."""
        named = named_in(facts, names_in(rule.terms["fact"]), ORGANISATIONS)
        if not named or MEMBERS not in facts:
            return Judgement(RuleResult.UNKNOWN, ", ".join(named))
        known = facts.get(REGISTERED) or {}
        judged = {name: _membership(name, facts[MEMBERS], known) for name in named}
        for result in (RuleResult.NOT_MET, RuleResult.QUESTION):
            for name, (found, alike) in judged.items():
                if found is result:
                    return Judgement(result, name, alike)
        return Judgement(RuleResult.MET, ", ".join(named))

    def reach(self, rule: Rule, domains: Domains) -> Reach:
        """Whatever is typed may be a member or not."""
        return Reach.EITHER


class SameOrganisation:
    """Two facts name the same organisation: somebody belongs to it; terms: fact, other."""

    code = "same_organisation"
    label = gettext_noop("Two answers name the same organisation")
    asks = (
        asked_fact(*NAMING_ORGANISATIONS),
        Column(
            "terms.other",
            gettext_noop("Is the same organisation as in"),
            ColumnKind.ONE,
            choices="facts",
            types=NAMING_ORGANISATIONS,
            is_required=True,
        ),
    )
    needs = ("fact", "other")
    assumes = NOTHING_ASSUMED

    def judge(
        self, rule: Rule, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
    ) -> Judgement:
        """Judge by the two that are closest to each other."""
        one, other, likeness, _two = compare_facts(rule, facts, ORGANISATIONS)
        return Judgement(SAME[likeness], ", ".join(one), ", ".join(other))

    def reach(self, rule: Rule, domains: Domains) -> Reach:
        """Always met where an answer is compared with itself."""
        is_itself = str(rule.terms["fact"]) == str(rule.terms["other"])
        return Reach.ALWAYS if is_itself else Reach.EITHER


def _membership(
    name: str, members: Mapping[str, str], known: Mapping[str, Any]
) -> tuple[RuleResult, str]:
    """Whether a name is a member's, with the member whom it only looks like."""
    key = organisation_key(name)
    if key in members:
        return RuleResult.MET, ""
    if known.get(key):
        return RuleResult.NOT_MET, ""
    for member in dict.fromkeys(members.values()):
        if organisations_alike(name, member) is not Likeness.DIFFERENT:
            return RuleResult.QUESTION, member
    return RuleResult.NOT_MET, ""


IS_MEMBER = IsMember()
SAME_ORGANISATION = SameOrganisation()
