"""What a writer gave for the same person before: theirs to use again, and shown to nobody else."""

from __future__ import annotations

from typing import Any

from anso.applications.lifecycle import WAITED_FOR
from anso.applications.models import Letter
from anso.applications.queries.letters import is_asked_yes_or_no, letter_form_of
from anso.applications.queries.participants import is_written_for_others


def earlier_letter_of(letter: Letter) -> Letter | None:
    """The latest letter of this kind that the same address gave for another application of the same
    person; None where they have begun this one, or are asked for yes or no, which is said anew.
    """
    if letter.state not in WAITED_FOR or letter.answers or is_asked_yes_or_no(letter):
        return None
    # Whoever writes about a nominee wrote for the same person only where that is the nominee again,
    # whoever nominates.
    about = {"application__applicant_id": letter.application.applicant_id}
    if is_written_for_others(letter.application):
        about = {"application__name_key": letter.application.name_key}
    found = Letter.objects.filter(
        kind=letter.kind,
        email__iexact=letter.email,
        state="completed",
        taken_down_by=None,
        **about,
    ).exclude(application_id=letter.application_id)
    joined = found.select_related("application__call__programme", "file")
    return joined.order_by("-completed_at", "-id").first()


def answers_to_take_over(earlier: Letter, letter: Letter) -> tuple[dict[str, Any], str]:
    """Its answers to what is asked alike now, and the question that its file answers; a statement
    is confirmed anew.
    """
    before = {each.key: each.type for each in letter_form_of(earlier).questions()}
    asked = [
        each
        for each in letter_form_of(letter).questions()
        if before.get(each.key) == each.type and earlier.answers.get(each.key)
    ]
    fields = {
        each.key: earlier.answers[each.key]
        for each in asked
        if each.type not in ("file", "statement")
    }
    return fields, next((each.key for each in asked if each.type == "file"), "")
