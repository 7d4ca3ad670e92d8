"""The rule on languages: a proof of one of these is at hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from anso.kernel.eligibility.classes import CountryClasses
from anso.kernel.eligibility.kinds.base import Judgement, RuleResult, fact_of, result_of, texts_of
from anso.kernel.eligibility.model import Rule
from anso.kernel.eligibility.reach import Domains, Reach, reach_among
from anso.kernel.questions.model import Meaning
from anso.kernel.rows import Column, ColumnKind
from anso.kernel.wording import gettext_noop


class LanguageProof:
    """A proof of at least one of `languages`; terms: languages, fact (the proofs of language).

    The answer "none" says that there is no proof; no answer is unknown.
    """

    code = "language_proof"
    label = gettext_noop("A language can be proved")
    asks = (
        Column(
            "terms.languages",
            gettext_noop("Any one of these languages"),
            ColumnKind.SEVERAL,
            choices="languages_proved",
            is_required=True,
        ),
    )
    needs = ("languages",)
    assumes: Mapping[str, Meaning] = {"fact": Meaning.LANGUAGE_PROOF}

    def judge(
        self, rule: Rule, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
    ) -> Judgement:
        """Judge the proofs: one of the languages is enough."""
        accepted = tuple(str(language) for language in rule.terms["languages"])
        proofs = texts_of(facts, fact_of(rule, "fact", Meaning.LANGUAGE_PROOF))
        result = result_of(bool(set(proofs) & set(accepted))) if proofs else RuleResult.UNKNOWN
        return Judgement(result, ", ".join(proofs), ", ".join(accepted))

    def reach(self, rule: Rule, domains: Domains) -> Reach:
        """Never met where none of the languages is offered as a proof."""
        offered = domains[fact_of(rule, "fact", Meaning.LANGUAGE_PROOF)].values
        return reach_among(offered, map(str, rule.terms["languages"]))


LANGUAGE_PROOF = LanguageProof()
