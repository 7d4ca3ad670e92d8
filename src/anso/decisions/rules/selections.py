"""Who may compute, propose, confirm and release a selection. Proposing and confirming are two
different people's acts.
"""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from anso.applications.models import Application, Letter
from anso.applications.queries.required_letters import letters_that_may_come
from anso.applications.queries.windows import standing_for
from anso.applications.rules import may_lead_applications
from anso.calls.enums import BodyFunction
from anso.calls.models import Call
from anso.calls.queries import (
    confirming_function_of,
    is_conferred,
    is_confirming_chair_of,
    is_panel_chair_of,
)
from anso.calls.queries.steps import step_after, step_closes_at, steps_of_block
from anso.calls.rules import may_act_as, may_manage_call
from anso.decisions.models import Decision, SelectionRun
from anso.decisions.queries.speakers import Chairs, chairs_in, turns_of
from anso.decisions.rules.beside_reviews import (
    has_closed,
    is_by_these_decisions,
    is_worded,
    nothing_released,
)
from anso.hosting.models import HostAnswer
from anso.hosting.queries import hosts_may_still_answer
from anso.kernel.actors import Actor
from anso.kernel.periods import Deadline
from anso.kernel.verdict import ALLOWED, Verdict, first_refusal, refuse
from anso.kernel.wording import Text
from anso.review.models import Assignment
from anso.review.queries.own_days import reviews_awaited_until, reviews_to_come
from anso.review.queries.rebuttals import get_review_answered
from anso.ui.instants import end_in_words
from anso.ui.question_fields import in_a_row

CHANGED_SINCE = frozenset(
    {
        "unscreened",
        "screening_changed",
        "reviews_open",
        "reviews_changed",
        "answers_open",
        "letters_running",
        "letters_changed",
        "hosts_running",
        "hosts_changed",
        "withheld_changed",
        "adjusted_changed",
    }
)


def may_correct_decision(actor: Actor, decision: Decision, now: dt.datetime) -> Verdict:
    """Officers of the call, once it was released, while the application was not withdrawn. Whoever
    takes part in the call does not work on it (``may_manage_call``).
    """
    standing = ALLOWED
    if decision.state != "released":
        standing = refuse("not_released", _("This decision was not released yet."))
    elif decision.application.state == "withdrawn":
        standing = refuse("withdrawn", _("It was withdrawn."))
    return first_refusal(may_manage_call(actor, decision.application.call, now), standing)


def may_compute_selection(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Officers of the call, after the window closed whose applications are decided next, and until
    the last decisions are released.
    """
    return first_refusal(
        may_manage_call(actor, call, now), has_closed(call, now), nothing_released(call)
    )


def may_propose_selection(actor: Actor, run: SelectionRun, now: dt.datetime) -> Verdict:
    """Officers of the call, or where another body confers the chair of the jury; for the newest
    run, as long as screening and required letters are as they were when the run was computed.
    """
    return first_refusal(
        may_speak_for_judges(actor, run, now),
        _is_newest(run),
        _is_by_these_terms(run),
        is_by_these_decisions(run),
        _is_changed(run),
        _is_by_these_reviews(run),
        _is_complete(run),
        _are_letters_in(run, now),
        _have_hosts_answered(run, now),
    )


def may_confirm_selection(actor: Actor, run: SelectionRun, now: dt.datetime) -> Verdict:
    """Whoever presides over the body that confirms, and nobody else: the panel, or where one is
    named the body that confers. Not a chair who works on the call as an
    officer too, or who is a party to an application of it.
    """
    return first_refusal(
        may_speak_for_confirmers(actor, run, now),
        _is_newest(run),
        is_by_these_decisions(run),
        _is_complete(run),
        _is_judged(run, now),
        _is_by_these_reviews(run),
        _are_letters_in(run, now),
        _have_hosts_answered(run, now),
    )


def may_speak_for_confirmers(actor: Actor, run: SelectionRun, now: dt.datetime) -> Verdict:
    """The same, whatever there is to say of the run."""
    if not is_confirming_chair_of(actor, run.call, now):
        return _not_chair(run.call)
    if is_conferred(run.call) and is_panel_chair_of(actor, run.call, now):
        return refuse(
            "own_proposal",
            _("You chair the jury that proposes it; somebody else must confirm the selection."),
        )
    if run.call.officers.filter(account_id=actor.pk).exists():
        return refuse(
            "own_proposal",
            _("You work on this call as an officer; somebody else must confirm its selection."),
        )
    part = "conferrer" if is_conferred(run.call) else "chair"
    # A chair acts on all files at once, so nobody does who has a part in one of them, wrote a
    # letter for one or reviews, whenever that came about.
    return may_act_as(actor, part, run.call, now)


def can_go_on(run: SelectionRun, now: dt.datetime) -> Verdict:
    """Whether somebody can speak for each body that still has to. No body, no chair, or only chairs
    who have another part in the call: then the selection waits for ever, and officers must learn of
    it.
    """
    return can_go_on_each([run], now)[run.pk]


def can_go_on_each(runs: list[SelectionRun], now: dt.datetime) -> dict[int, Verdict]:
    """The same for many runs in a fixed number of queries, by their keys."""
    known = chairs_in([run.call for run in runs], now)
    return {
        run.pk: first_refusal(*(_has_speaker(known.get(turn)) for turn in turns_of(run, known)))
        for run in runs
    }


def _has_speaker(chairs: Chairs | None) -> Verdict:
    if chairs is None:
        return refuse(
            "no_body",
            _("No body of this call can confirm it. Name one among the people of the call."),
        )
    facts = {"body": Text(chairs.body.name).in_language(get_language() or "en")}
    if not chairs.presiding:
        text = _("“%(body)s” has no chair today. It goes on once a mandate names one.")
        return refuse("no_chair", text % facts)
    if chairs.able:
        return ALLOWED
    facts["names"] = in_a_row(each.full_name for each in chairs.presiding)
    text = _(
        "%(names)s, who presides over “%(body)s”, cannot act in this call: no account, or another"
        " part in it. It goes on once a mandate lets somebody else preside."
    )
    return refuse("chair_recused", text % facts)


def may_return_selection(actor: Actor, run: SelectionRun, now: dt.datetime) -> Verdict:
    """The same chair, also when screening has changed since, or judging goes on."""
    verdict = may_confirm_selection(actor, run, now)
    return ALLOWED if {reason.code for reason in verdict.reasons} <= CHANGED_SINCE else verdict


def may_release_decisions(actor: Actor, run: SelectionRun, now: dt.datetime) -> Verdict:
    """Officers of the call, once the chair has confirmed, so that everybody who was screened hears
    at the same time.
    """
    may_manage = may_manage_call(actor, run.call, now)
    if run.state == "released":
        return first_refusal(
            may_manage, refuse("released", _("These decisions were released already."))
        )
    if run.state != "confirmed":
        return first_refusal(
            may_manage,
            refuse("not_confirmed", _("This selection is not confirmed yet.")),
        )
    leads_to = step_after(run.call, run.step)
    may_lead = may_lead_applications(actor, leads_to, now) if leads_to else ALLOWED
    return first_refusal(
        may_manage,
        is_by_these_decisions(run),
        _is_complete(run),
        _is_judged(run, now),
        is_worded(run),
        may_lead,
    )


def may_pass_words_on(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Officers of the call read what reviewers wrote before applicants do, whenever they can."""
    return may_manage_call(actor, call, now)


def may_speak_for_judges(actor: Actor, run: SelectionRun, now: dt.datetime) -> Verdict:
    """Who proposes, whatever there is to say of the run: officers, or the chair of the jury where
    another body confers.
    """
    if not is_conferred(run.call):
        return may_manage_call(actor, run.call, now)
    if not is_panel_chair_of(actor, run.call, now):
        return refuse(
            "not_jury",
            _("The chair of the jury proposes this selection to the body that confers."),
        )
    return may_act_as(actor, "chair", run.call, now)


def _not_chair(call: Call) -> Verdict:
    function = confirming_function_of(call)
    if function == BodyFunction.CONFERRING:
        return refuse("not_chair", _("Only whoever presides over the body that confers confirms."))
    if function == BodyFunction.JURY:
        return refuse("not_chair", _("Only the chair of the jury confirms a selection."))
    return refuse("not_chair", _("Only the chair of the panel confirms a selection."))


def _is_newest(run: SelectionRun) -> Verdict:
    if not SelectionRun.objects.filter(step=run.step_id, number__gt=run.number).exists():
        return ALLOWED
    return refuse("superseded", _("There is a newer run; look at that one."))


def _is_by_these_terms(run: SelectionRun) -> Verdict:
    """A run is worth what its terms are: after an amendment it is computed again."""
    if not run.call.terms.filter(version__gt=1, frozen_at__gt=run.computed_at).exists():
        return ALLOWED
    return refuse(
        "amended",
        _("The call was amended after this run was computed. Compute it again."),
    )


def _is_changed(run: SelectionRun) -> Verdict:
    """What the chair returned is not proposed again, neither itself nor computed anew with the same
    inputs and the same result, which its hash tells.
    """
    same = SelectionRun.objects.filter(step=run.step_id, sha256=run.sha256)
    returned = same.filter(returned_at__isnull=False).order_by("-number").first()
    if returned is None:
        return ALLOWED
    text = _(
        "This selection was returned (run %(number)s), and nothing has changed in it since."
        " Change what was asked, and compute it again."
    )
    return refuse("unchanged", text % {"number": returned.number})


def _is_by_these_reviews(run: SelectionRun) -> Verdict:
    """No review came, was revised or was taken out because of a conflict since it was computed."""
    known = Assignment.objects.filter(step=run.step_id)
    taken_out = known.filter(
        state="conflicted", submitted_at__lte=run.computed_at, answered_at__gt=run.computed_at
    )
    if taken_out.exists():
        return refuse(
            "review_removed",
            _(
                "A review was taken out because of a conflict of interest since this run was"
                " computed. Compute it again."
            ),
        )
    if known.filter(state="submitted", submitted_at__gt=run.computed_at).exists():
        return refuse(
            "reviews_changed",
            _("A review came or was revised since this run was computed. Compute it again."),
        )
    return ALLOWED


def is_free_of_selections(assignment: Assignment) -> Verdict:
    """Whether a review may still be taken out: nobody has proposed or confirmed anything on it."""
    runs = SelectionRun.objects.filter(step=assignment.step_id)
    if not runs.filter(state__in=("proposed", "confirmed", "released")).exists():
        return ALLOWED
    return refuse(
        "selection_stands",
        _(
            "A selection stands on this review. Let the chair return it first; where it is"
            " released, correct the decision instead."
        ),
    )


def _is_complete(run: SelectionRun) -> Verdict:
    """Nobody waits for screening, and those whom the run ranked are those found eligible. People
    who withdrew do no harm.
    """
    here = Application.objects.filter(standing_for(run.step), call_id=run.call_id)
    waiting = here.filter(state="submitted").count()
    if waiting:
        text = ngettext(
            "%(count)s is not screened yet; it would be left without a decision.",
            "%(count)s are not screened yet; they would be left without a decision.",
            waiting,
        )
        return refuse("unscreened", text % {"count": waiting}, count=waiting)
    added = here.filter(state="eligible").exclude(placements__run=run)
    if (
        added.exists()
        or run.placements.filter(application__state__in=["ineligible", "submitted"]).exists()
    ):
        return refuse(
            "screening_changed",
            _("Screening has changed since this run was computed. Compute it again."),
        )
    return ALLOWED


def _is_judged(run: SelectionRun, now: dt.datetime) -> Verdict:
    """Nothing is conferred or released before what it needs: reviews that may still be written, and
    the days in which applicants answer their reviewers.
    """
    count = reviews_to_come(run.step, now).count()
    if count:
        until = Deadline(reviews_awaited_until(run.step, now), run.call.zone).last_day
        days = {"day": date_format(until, "j F Y")}
        text = ngettext(
            "%(count)s review is not in and may be written until %(day)s.",
            "%(count)s reviews are not in and may be written until %(day)s.",
            count,
        )
        return refuse("reviews_open", text % (days | {"count": count}), count=count)
    for step in steps_of_block(run.call, "rebuttal"):
        if get_review_answered(step) == run.step and now < step_closes_at(step):
            day = {"day": date_format(step.ends_on, "j F Y")}
            return refuse("answers_open", _("The reviewers may be answered until %(day)s.") % day)
    return ALLOWED


def _have_hosts_answered(run: SelectionRun, now: dt.datetime) -> Verdict:
    """Nothing is given while hosts may still say whom they do not admit, nor after one has said so
    since.
    """
    count = 0 if step_after(run.call, run.step) else hosts_may_still_answer(run.call, now)
    if count:
        text = ngettext(
            "Hosts may still answer about %(count)s candidate.",
            "Hosts may still answer about %(count)s candidates.",
            count,
        )
        return refuse("hosts_running", text % {"count": count}, count=count)
    ranked = run.placements.values("application_id")
    since = HostAnswer.objects.filter(application__in=ranked, answered_at__gt=run.computed_at)
    if since.exists():
        return refuse(
            "hosts_changed",
            _("A host has answered since this run was computed. Compute it again."),
        )
    return ALLOWED


def _are_letters_in(run: SelectionRun, now: dt.datetime) -> Verdict:
    """Nobody is passed over for want of a letter that may still come, or has come since."""
    lacking = run.placements.filter(facts__has_key="lacks").values("application_id")
    letters = Letter.objects.filter(application__in=lacking)
    running = letters_that_may_come(run.call, letters, now)
    if running:
        text = ngettext(
            "%(count)s letter that the call requires is not there and may still come until"
            " %(day)s; what it is for would be passed over.",
            "%(count)s letters that the call requires are not there and may still come, the last"
            " until %(day)s; what they are for would be passed over.",
            len(running),
        )
        facts = {"count": len(running), "day": end_in_words(max(running), run.call.zone)}
        return refuse("letters_running", text % facts)
    if letters.filter(completed_at__gt=run.computed_at).exists():
        return refuse(
            "letters_changed",
            _("A required letter has come since this run was computed. Compute it again."),
        )
    return ALLOWED
