"""The rule that two facts must differ: nobody nominates themselves or their own institution."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from anso.kernel.eligibility.classes import CountryClasses
from anso.kernel.eligibility.kinds.base import Judgement, RuleResult, result_of, texts_of
from anso.kernel.eligibility.model import Rule
from anso.kernel.names import fold


class Differs:
    """Two facts have nothing in common, spelling aside; terms: fact, other."""

    code = "differs"
    needs = ("fact", "other")

    def judge(
        self, rule: Rule, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
    ) -> Judgement:
        """Judge two facts of one or several entries each, without regard to case and accents."""
        one, other = (texts_of(facts, str(rule.terms[name])) for name in self.needs)
        if not one or not other:
            return Judgement(RuleResult.UNKNOWN, ", ".join(one), ", ".join(other))
        shared = {fold(text) for text in one} & {fold(text) for text in other}
        return Judgement(result_of(not shared), ", ".join(one), ", ".join(other))


DIFFERS = Differs()
