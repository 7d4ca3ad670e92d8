"""Who was listed and refused, so that the call does not count them, and what its rules say of those
who stay.
"""

from __future__ import annotations

from dataclasses import dataclass

from anso.applications.enums import REFUSALS
from anso.applications.models import Letter
from anso.applications.queries.answers import plain_answers
from anso.applications.queries.eligibility import judge_draft, judge_submission, turns_on_letter
from anso.applications.queries.letters import letter_slots
from anso.applications.queries.visibility import letters_of
from anso.applications.queries.windows import WRITTEN
from anso.calls.queries import PARTNER_FACTS, get_terms
from anso.kernel.eligibility import JudgedRule


@dataclass(frozen=True)
class LeftOut:
    """What the rules on who takes part say without one who refused: those not met, and whether one
    cannot be judged yet. ``is_judged`` is off where no rule asks who takes part.
    """

    is_judged: bool
    failed: tuple[JudgedRule, ...] = ()
    is_open: bool = False

    @property
    def harms(self) -> bool:
        """Whether the applicant may have to name somebody else."""
        return bool(self.failed) or self.is_open


def left_out(letter: Letter) -> LeftOut | None:
    """What it means that somebody of a list refused: they are not counted. None where what was
    asked is still required: nobody refused, a single question names them, or too few are left.
    """
    if letter.answer not in REFUSALS or not _are_enough_left(letter):
        return None
    application = letter.application
    if not turns_on_letter(letter):
        return LeftOut(is_judged=False)
    judge = judge_draft if application.state in WRITTEN else judge_submission
    verdict = judge(application)
    facts = set(PARTNER_FACTS)
    failed = tuple(each for each in verdict.failed if facts.intersection(each.rule.facts_named()))
    waiting = any(facts.intersection(each.rule.facts_named()) for each in verdict.unknown)
    return LeftOut(is_judged=True, failed=failed, is_open=waiting)


def _are_enough_left(letter: Letter) -> bool:
    """Whether those of the list who did not refuse are as many as the call requires."""
    application = letter.application
    rule = get_terms(application.call).letter_rule(letter.kind)
    slots = [each for each in letter_slots(application) if each.kind == letter.kind]
    if rule is None or not any(slot.row is not None for slot in slots):
        return False
    answers, letters = plain_answers(application), list(letters_of(application))
    asked = [slot.letter_among(letters, answers) for slot in slots]
    refused = sum(each is not None and each.answer in REFUSALS for each in asked)
    return len(slots) - refused >= min(rule.count, len(slots))
