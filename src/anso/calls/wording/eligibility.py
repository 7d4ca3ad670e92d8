"""Every verdict explained: which rule, which value, which limit, from which source."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from anso.directory.enums import CountryClassCode
from anso.kernel.eligibility import JudgedRule, RuleResult, Standard
from anso.kernel.questions import Form, Meaning
from anso.ui.countries import country_name
from anso.ui.instants import part_of_date_in_words
from anso.ui.question_fields import in_a_row, in_reader_language

DAY = re.compile(r"\d{4}-\d\d(-\d\d)?")
MEANT_FACT = {"degree_held_before": Meaning.DEGREE, "language_proof": Meaning.LANGUAGE_PROOF}


@dataclass(frozen=True)
class ExplainedRule:
    """One rule judged, in the reader's words. ``tone`` is a status tone; ``word`` says the
    result.
    """

    code: str
    sentence: str
    seen: str
    limit: str
    source: str
    word: str
    tone: str


def explain(judged: JudgedRule, form: Form) -> ExplainedRule:
    """One judged rule in the reader's language, with countries, options and dates spelled out."""
    rule = judged.rule
    word, tone = _word(judged)
    return ExplainedRule(
        code=rule.code,
        sentence=in_reader_language(rule.sentence),
        seen=_spell(judged.seen, judged, form) or _("not told"),
        limit=_limit(judged, form),
        source=rule.source,
        word=word,
        tone=tone,
    )


def _word(judged: JudgedRule) -> tuple[str, str]:
    if judged.rule.standard is Standard.FAVOURED:
        return (
            (_("speaks for you"), "good")
            if judged.result is RuleResult.MET
            else (_("no condition"), "")
        )
    return {
        RuleResult.MET: (_("met"), "good"),
        RuleResult.NOT_MET: (_("not met"), "stop"),
        RuleResult.QUESTION: (_("an officer looks at it"), "attn"),
        RuleResult.UNKNOWN: (_("not known"), "attn"),
        RuleResult.NOT_CONCERNED: (_("does not concern you"), ""),
    }[judged.result]


def _limit(judged: JudgedRule, form: Form) -> str:
    limit = _spell(judged.limit, judged, form)
    on = judged.rule.terms.get("on")
    if judged.rule.kind == "age_at_most" and on:
        return _("%(age)s years on %(day)s") % {
            "age": limit,
            "day": _spell_part(str(on), judged, form),
        }
    return limit


def _spell(text: str, judged: JudgedRule, form: Form) -> str:
    return in_a_row(_spell_part(part, judged, form) for part in text.split(", ") if part)


def _spell_part(part: str, judged: JudgedRule, form: Form) -> str:
    if DAY.fullmatch(part):
        return part_of_date_in_words(part)
    if part in CountryClassCode.values:
        return str(CountryClassCode(part).label)
    if judged.rule.kind.startswith(("citizenship", "countries")) and len(part) == 2:
        return country_name(part)
    if judged.rule.kind == "answer_is":
        return {"yes": _("yes"), "no": _("no")}.get(part, part)
    return _option_label(part, judged, form)


def _option_label(part: str, judged: JudgedRule, form: Form) -> str:
    key = str(judged.rule.terms.get("fact", ""))
    meant = MEANT_FACT.get(judged.rule.kind)
    asked = [
        question
        for question in form.questions()
        if question.key == key or (not key and meant in question.means)
    ]
    labels = {option.value: option.label for question in asked for option in question.options}
    return in_reader_language(labels[part]) if part in labels else part
