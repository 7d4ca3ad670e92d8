"""What a call can be composed of: the kinds of stages that officers add to it, each from a tested
block, and where a new one stands.

Here: the kinds as a table, and pure changes of terms. Not here: the forms and rows that belong to a
stage, which the calls app makes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from anso.kernel.terms.model import Rubric, Stage, Terms
from anso.kernel.wording import NO_TEXT, Text, both, gettext_noop


@dataclass(frozen=True)
class StageKind:
    """A stage as it can be added. ``label`` and ``hint`` tell officers what it does; ``name`` is
    what it is called until they say otherwise.

    Whoever judges in it does so by a rubric where it ``is_judged``, and something is filled in
    where it ``has_form``. Where it is ``single``, a call has one at the most. ``hides_names`` says
    how its own rubric begins; one ``of_hosts`` needs hosts.
    """

    block: str
    label: str
    hint: str
    name: Text = NO_TEXT
    is_judged: bool = False
    hides_names: bool = True
    reviews_each: int = 0
    has_form: bool = False
    single: bool = False
    of_hosts: bool = False


STAGE_KINDS: Mapping[str, StageKind] = {
    "interview": StageKind(
        "review",
        gettext_noop("Interviews that are scored"),
        gettext_noop(
            "The best of the review before it are interviewed. Whoever hears them gives scores, and"
            " the scores of the last stage of this kind decide."
        ),
        both("Interviews", "المقابلات"),
        is_judged=True,
        hides_names=False,
        reviews_each=1,
    ),
    "review": StageKind(
        "review",
        gettext_noop("A further review"),
        gettext_noop(
            "The best of the review before it are reviewed once more, and the scores of the last"
            " review decide."
        ),
        both("Second review", "التحكيم الثاني"),
        is_judged=True,
    ),
    "window": StageKind(
        "applications",
        gettext_noop("A further window, for those who are invited"),
        gettext_noop(
            "The best of the review before it are invited to write more, in a form of its own. It"
            " begins with what the first form asks. A review after it judges what they wrote."
        ),
        both("Full applications", "الطلبات الكاملة"),
        has_form=True,
    ),
    "screening": StageKind(
        "screening",
        gettext_noop("A check of what came in"),
        gettext_noop("Officers look whether what came in is complete and eligible."),
        both("Eligibility check", "فحص الأهلية"),
    ),
    "answers": StageKind(
        "rebuttal",
        gettext_noop("Answers to reviewers"),
        gettext_noop(
            "Everybody reads the words of their reviewers, without names, and may answer before"
            " anything is decided. It comes after a review."
        ),
        both("Answers to reviewers", "الردود على المحكّمين"),
        has_form=True,
    ),
    "talks": StageKind(
        "interviews",
        gettext_noop("Conversations without scores"),
        gettext_noop(
            "Their days are announced, and officers open times that people choose. Nothing is"
            " computed from them."
        ),
        both("Conversations", "اللقاءات"),
    ),
    "hosts": StageKind(
        "hosts",
        gettext_noop("Answers of hosts"),
        gettext_noop(
            "The people of each host read whoever named it, and say whom it admits. Nothing is"
            " given at a host that does not."
        ),
        both("Answers of hosts", "ردود الجهات المضيفة"),
        single=True,
        of_hosts=True,
    ),
    "letters": StageKind(
        "letters",
        gettext_noop("Days in which letters come"),
        gettext_noop("How long each letter counts is said by the letters themselves."),
        both("Letters", "الرسائل"),
        single=True,
    ),
    "panel": StageKind(
        "panel",
        gettext_noop("A meeting of those who decide"),
        gettext_noop("Nothing is confirmed before what it needs is over."),
        both("Panel meeting", "اجتماع اللجنة"),
    ),
    "decision": StageKind(
        "decision",
        gettext_noop("Decision"),
        gettext_noop("In these days the selection is confirmed."),
        both("Decision", "القرار"),
        single=True,
    ),
    "release": StageKind(
        "release",
        gettext_noop("Results"),
        gettext_noop("On this day everybody hears."),
        both("Results", "النتائج"),
        single=True,
    ),
    "offers": StageKind(
        "offers",
        gettext_noop("Offers"),
        gettext_noop("In these days those who were selected answer."),
        both("Offers", "العروض"),
        single=True,
    ),
    "announcement": StageKind(
        "announcement",
        gettext_noop("Announcement to everybody"),
        gettext_noop(
            "Those concerned hear when results are released, and are asked to keep it to themselves"
            " until the first day of this stage. From that day everybody reads the results."
        ),
        both("Announcement", "الإعلان"),
        single=True,
    ),
}
# The value by which a new stage asks for a rubric that no other stage has.
OWN_RUBRIC = "+"


def addable_kinds(terms: Terms) -> list[str]:
    """Which kinds of stages a call has room for."""
    blocks = {stage.block for stage in terms.stages}
    return [
        code
        for code, kind in STAGE_KINDS.items()
        if not (kind.single and kind.block in blocks) and (terms.hosts or not kind.of_hosts)
    ]


def placed(stages: Sequence[Stage], stage: Stage) -> tuple[Stage, ...]:
    """The stages with a new one before the first that begins later: its place follows from its
    first day.
    """
    place = next(
        (number for number, each in enumerate(stages) if each.starts_on > stage.starts_on),
        len(stages),
    )
    return (*stages[:place], stage, *stages[place:])


def with_window(terms: Terms, opens_on: dt.date, closes_on: dt.date, later: dt.timedelta) -> Terms:
    """The terms with other days of the window that everybody applies in, and all other stages so
    much later.
    """
    window = terms.window
    stages = (
        replace(stage, starts_on=opens_on, ends_on=closes_on)
        if stage == window
        else replace(stage, starts_on=stage.starts_on + later, ends_on=stage.ends_on + later)
        for stage in terms.stages
    )
    return replace(terms, stages=tuple(stages))


def with_stage(terms: Terms, stage: Stage, kind: StageKind) -> Terms:
    """The terms with one more stage, and with the rubric that it alone judges by."""
    changed = replace(terms, stages=placed(terms.stages, stage))
    if not stage.rubric or stage.rubric in terms.rubrics:
        return changed
    return changed.with_rubric(_begun(terms, kind), stage.rubric)


def with_own_rubrics(terms: Terms) -> Terms:
    """The terms with a rubric for each review that is to judge by one of its own and has none."""
    for stage in terms.stages:
        if stage.rubric == stage.key and stage.key not in terms.rubrics:
            terms = terms.with_rubric(_begun(terms, STAGE_KINDS["review"]), stage.key)
    return terms


def _begun(terms: Terms, kind: StageKind) -> Rubric:
    """A rubric without criteria yet, on the scale of the review before it."""
    known = terms.last_rubric
    return Rubric(
        (),
        known.scale_lowest,
        known.scale_highest,
        kind.reviews_each or known.reviews_each,
        kind.hides_names and known.is_blind,
    )


def without_stage(terms: Terms, key: str) -> Terms:
    """The terms without a stage, and without the rubric that no other stage judges by."""
    kept = tuple(stage for stage in terms.stages if stage.key != key)
    gone = {stage.rubric for stage in terms.stages} - {stage.rubric for stage in kept}
    rubrics = {name: rubric for name, rubric in terms.rubrics.items() if name not in gone}
    return replace(terms, stages=kept, rubrics=rubrics)
