"""What reviewing says and where it leads: its verbs in words, its pages on a call’s desk, why
somebody must not judge, to-dos.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from anso.accounts.models import Account
from anso.applications.models import Application
from anso.applications.queries.answers import applicant_name
from anso.calls.enums import Phase
from anso.calls.models import Call, Step
from anso.calls.queries.bodies import part_said
from anso.calls.queries.steps import step_closes_at
from anso.calls.wording import DeskPage, entries_of, page_of
from anso.directory.models import Person
from anso.kernel.about_people import PersonLine, PersonShelf
from anso.kernel.matters import Matter
from anso.kernel.questions import Audience, read_by
from anso.kernel.todo import TodoItem, tone_until
from anso.questionnaires.queries import form_of
from anso.review.models import Assignment, Rebuttal, Reviewer
from anso.review.queries import (
    accepted_by,
    assignments_to_do,
    count_unanswered,
    get_review_step,
    get_reviews_close_at,
    invitations_to_answer,
    reviewing_of,
)
from anso.review.queries.collisions import Collision, collisions_to_settle
from anso.review.queries.invitations import invitations_asked_of, unanswered_invitations
from anso.review.queries.lateness import files_without_reviewers, late_reviews
from anso.review.queries.names import late_ties_to_settle, unanswered_lists_of
from anso.review.queries.people import reviewing_of_person
from anso.review.queries.rebuttals import (
    answers_to_reviewers,
    opens_at,
    rebuttals_to_write,
    steps_to_release,
)
from anso.review.wording.asked import asked_item, unanswered_item
from anso.review.wording.rebuttals import rebuttal_url
from anso.review.wording.ties import late_tie_item, names_item
from anso.ui.instants import end_in_words, instant_here_and_there
from anso.ui.menus import OwnPage
from anso.ui.question_fields import in_a_row, in_reader_language

VERBS: dict[str, Promise] = {
    "move_due_day": _("moved the day until which it is due"),
    "extend_assignment": _("gave more time for one review"),
    "invite_reviewer": _("invited a reviewer"),
    "invite_again": _("invited a reviewer again"),
    "ask_by_mail": _("asked somebody by mail to review"),
    "ask_again": _("asked somebody again to review"),
    "correct_invited_address": _("corrected the address of somebody who is asked to review"),
    "cancel_asked": _("took back the question whether somebody reviews"),
    "ask_for_proposal": _("asked who could review what"),
    "finish_proposal": _("proposed who reviews what"),
    "fail_proposal": _("could not propose who reviews what"),
    "drop_proposal": _("dropped the proposal of who reviews what"),
    "carry_out_proposal": _("had the proposed reviews assigned"),
    "remind_asked": _("reminded somebody to say whether they review"),
    "accept_asked": _("agreed to review"),
    "decline_asked": _("declined to review"),
    "say_expertise": _("said what they can judge"),
    "accept_invitation": _("accepted an invitation"),
    "decline_invitation": _("declined an invitation"),
    "release_reviewer": _("released a reviewer"),
    "assign_reviewer": _("assigned a reviewer"),
    "assign_again": _("assigned a reviewer again"),
    "accept_assignment": _("accepted a review"),
    "decline_assignment": _("declined a review"),
    "declare_conflict": _("declared a conflict of interest"),
    "ask_about_names": _("asked reviewers about a list of names"),
    "answer_names": _("answered about the list of names"),
    "withdraw_name": _("withdrew a tie to a name on the list"),
    "answer_conflict": _("said whether a tie is a conflict of interest"),
    "remove_for_conflict": _("took a file from a reviewer because of a conflict of interest"),
    "cancel_assignment": _("cancelled a review"),
    "remind_reviewer": _("reminded a reviewer"),
    "make_dossier": _("made the dossier for review"),
    "submit_review": _("submitted a review"),
    "revise_review": _("opened a review again"),
    "read_words": _("read what a reviewer wrote to be passed on"),
    "release_words": _("released what reviewers wrote to be passed on"),
    "answer_reviewers": _("answered the reviewers"),
}
OWN_PAGES = {"review:assignments": OwnPage(_("Your reviews"), accepted_by)}
NAMING_PAGES = {"review:accept_asked": "whoever is new writes their name there"}
KINDS: dict[str, Promise] = {
    "review.reviewer": _("reviewer"),
    "review.invitation": _("question whether somebody reviews"),
    "review.assignment": _("assignment"),
    "review.dossier": _("dossier"),
    "review.review": _("review"),
    "review.rebuttal": _("answer to reviewers"),
    "review.assignmentproposal": _("proposal of assignments"),
}
# By which the reviewers of a call are found.
REVIEWER_FILTERS: dict[str, Promise] = {
    "invited": _("not answered yet"),
    "accepted": _("accepted"),
    "declined": _("declined"),
    "open": _("with reviews to give"),
    "late": _("late"),
}
# What the kinds of mail are called on the desk.
MAIL_KINDS: dict[str, Promise] = {
    "review.message": _("message to reviewers"),
    "review.invitation": _("invitation to review"),
    "review.asked": _("question whether somebody reviews"),
    "review.asked_reminder": _("reminder to say whether they review"),
    "review.asked_no_more": _("question whether somebody reviews, taken back"),
    "review.asked_by_mistake": _("note to a mistyped address"),
    "review.assignment": _("files to review"),
    "review.reminder": _("reminder of reviews"),
    "review.cancelled": _("review no longer wanted"),
    "review.released": _("file taken back from a reviewer"),
    "review.words_released": _("words of reviewers, to be answered"),
    "review.names": _("list of names, to reviewers"),
    "review.moved": _("new day for reviews"),
    "review.extended": _("more time for one review"),
    "review.amended": _("call amended, to reviewers"),
    "review.answer_reminder": _("reminder to answer reviewers"),
}
DESK_PAGES = {
    "review:reviewers": DeskPage(_("Reviewers"), page_of("review:reviewers"), True, Phase.REVIEW),
    "review:call_assignments": DeskPage(
        _("Assignments"), page_of("review:call_assignments"), True, Phase.REVIEW
    ),
}


def todo_items_for(account: Account, now: dt.datetime) -> list[TodoItem]:
    """What a reviewer has to do: answer invitations, answer assignments, write reviews. Nothing
    once the reviews have closed. What reviewers wrote for applicants: for officers to release, for
    applicants to answer.
    """
    invited = [_invitation_item(each) for each in invitations_to_answer(account, now)]
    invited += [asked_item(each, now) for each in invitations_asked_of(account, now)]
    invited += [names_item(each) for each in unanswered_lists_of(account)]
    invited += [late_tie_item(each) for each in late_ties_to_settle(account, now)]
    items = invited + [_assignment_item(each, now) for each in assignments_to_do(account, now)]
    items += [_words_item(each) for each in steps_to_release(account, now)]
    items += [_collision_item(each) for each in collisions_to_settle(account, now)]
    items += [_late_item(*each) for each in late_reviews(account, now)]
    items += [unanswered_item(*each) for each in unanswered_invitations(account, now)]
    items += [_missing_item(*each, now) for each in files_without_reviewers(account, now)]
    return items + [_rebuttal_item(each) for each in rebuttals_to_write(account, now)]


def _invitation_item(reviewer: Reviewer) -> TodoItem:
    call = in_reader_language(reviewer.call.title)
    return TodoItem(
        due_at=None,
        text=gettext("Say whether you will review"),
        reason=gettext("You were invited as a reviewer of %(call)s.") % {"call": call},
        url=invitation_url(reviewer),
        tone="act",
    )


def _assignment_item(assignment: Assignment, now: dt.datetime) -> TodoItem:
    texts = {
        "assigned": gettext("Say whether you can judge %(number)s"),
        "accepted": gettext("Review %(number)s"),
    }
    return TodoItem(
        due_at=assignment.due_at,
        text=texts[assignment.state] % {"number": assignment.application.number},
        reason=gettext("You were asked as a reviewer: %(call)s, %(stage)s.")
        % {
            "call": in_reader_language(assignment.application.call.title),
            "stage": in_reader_language(assignment.step.label),
        },
        url=reverse("review:assignment", args=[assignment.reference]),
        tone=tone_until(assignment.due_at, now),
        zone=assignment.application.call.zone,
    )


def _late_item(call: Call, number: int, since: dt.datetime) -> TodoItem:
    text = ngettext("%(n)d review is late: remind", "%(n)d reviews are late: remind", number)
    return TodoItem(
        due_at=since,
        text=text % {"n": number},
        reason=in_reader_language(call.title),
        url=f"{reverse('review:call_assignments', args=[call.reference])}?only=late",
        tone="attn",
        zone=call.zone,
    )


def _missing_item(call: Call, number: int, now: dt.datetime) -> TodoItem:
    text = gettext("Assign reviewers to %(entries)s") % {"entries": entries_of(call, number)}
    due_at = get_reviews_close_at(call, now)
    return TodoItem(
        due_at=due_at,
        text=text % {"n": number},
        reason=in_reader_language(call.title),
        url=reverse("review:propose", args=[call.reference]),
        tone=tone_until(due_at, now),
        zone=call.zone,
    )


def _collision_item(collision: Collision) -> TodoItem:
    call, name = collision.call, {"name": collision.person.full_name}
    held = in_a_row(in_reader_language(part_said(call, part)) for part in collision.parts)
    why = {"parts": held, "call": in_reader_language(call.title)}
    page = "review:reviewers" if "reviewer" in collision.parts else "calls:people"
    return TodoItem(
        due_at=None,
        text=gettext("Settle that %(name)s has parts that do not go together") % name,
        reason=gettext("%(parts)s · %(call)s") % why,
        url=reverse(page, args=[call.reference]),
        tone="stop",
    )


def _words_item(step: Step) -> TodoItem:
    return TodoItem(
        due_at=step_closes_at(step),
        text=gettext("Release what reviewers wrote, so that it can be answered"),
        reason=in_reader_language(step.call.title),
        url=reverse("review:answers", args=[step.call.reference]),
        tone="act",
        zone=step.call.zone,
    )


def _rebuttal_item(rebuttal: Rebuttal) -> TodoItem:
    call = rebuttal.application.call
    return TodoItem(
        due_at=step_closes_at(rebuttal.step),
        text=gettext("Answer what reviewers wrote about %(number)s, if you like")
        % {"number": rebuttal.application.number},
        reason=in_reader_language(call.title),
        url=rebuttal_url(rebuttal),
        tone="act",
        zone=call.zone,
    )


def rebuttal_told(rebuttal: Rebuttal) -> dict[str, Any]:
    """What the mail to an applicant may say when there is something to answer."""
    call = rebuttal.application.call
    return {
        "name": applicant_name(rebuttal.application),
        "number": rebuttal.application.number,
        "call": in_reader_language(call.title),
        "words": "\n\n".join(rebuttal.words),
        "opens": instant_here_and_there(opens_at(rebuttal.step), call.zone),
        "closes": end_in_words(step_closes_at(rebuttal.step), call.zone),
        "url": rebuttal_url(rebuttal),
    }


def invitation_url(reviewer: Reviewer) -> str:
    """Where a reviewer says whether they will review."""
    return reverse("review:invitation", args=[reviewer.reference])


def reviewer_told(reviewer: Reviewer, now: dt.datetime, **facts: Any) -> dict[str, Any]:
    """What mails to a reviewer may say. Facts of the caller: ``due_at``, ``number``, ``count``,
    ``reason``, and the ``step`` where it is not the one that is judged in now.
    """
    call = reviewer.call
    current = get_review_step(call, now)
    step, closes_at = facts.get("step") or current, step_closes_at(current) if current else None
    count = facts.get("count") or count_unanswered(reviewer)
    return {
        "name": reviewer.person.full_name,
        "call": in_reader_language(call.title),
        "stage": in_reader_language(step.label) if step else "",
        "at_most": entries_of(call, reviewer.capacity),
        "reviews_close": end_in_words(closes_at, call.zone) if closes_at else "",
        "due": end_in_words(facts["due_at"], call.zone) if "due_at" in facts else "",
        "number": facts.get("number", ""),
        "reason": facts.get("reason", ""),
        "changes": facts["changes"]() if "changes" in facts else "",
        "count": count,
        "entries": entries_of(call, count),
        "url": reverse("review:assignments"),
    }


def answers_in_words(
    application: Application, audiences: frozenset[Audience], now: dt.datetime
) -> list[dict[str, Any]]:
    """What the applicant answered to reviewers, as somebody of these audiences reads it."""
    found = []
    for each in answers_to_reviewers(application):
        read = read_by(form_of(each.form_version), each.body.get("answers", {}), audiences)
        rows = [
            (in_reader_language(question.label), str(read.answers[question.key]))
            for question in read.form.questions()
            if read.answers.get(question.key) not in (None, "", [])
        ]
        closes_at = step_closes_at(each.step)
        found.append(
            {"rebuttal": each, "rows": rows, "closes_at": closes_at, "is_over": now >= closes_at}
        )
    return found


def matters_of(account: Account, now: dt.datetime) -> list[Matter]:
    """The calls in which this person reviews, and how many of their reviews are given."""
    return [_matter(reviewer, now) for reviewer in reviewing_of(account)]


def _matter(reviewer: Any, now: dt.datetime) -> Matter:
    call, asked, given = reviewer.call, reviewer.asked, reviewer.given
    closes_at = get_reviews_close_at(call, now)
    is_over = closes_at is not None and now >= closes_at
    if asked:
        text = gettext("You review in this call. Reviews given: %(given)d of %(asked)d.")
        words = text % {"given": given, "asked": asked}
    elif is_over:
        words = gettext("You had agreed to review in this call; you were given nothing to judge.")
    else:
        words = gettext(
            "You review in this call. We write to you when there is something to judge."
        )
    is_done = 0 < asked == given
    return Matter(
        title=in_reader_language(call.title),
        words=words,
        url=reverse("review:assignments"),
        status=_("reviews given") if is_done else _("over") if is_over else _("reviewing"),
        tone="good" if is_done else "" if is_over else "act",
        at=reviewer.invited_at,
        call_id=call.pk,
        is_over=is_over,
    )


def assigning_in_words(_said: dict[str, Any]) -> str:
    """What giving many applications to their reviewers is called."""
    return gettext("Assign reviews")


def reviewing_in_lines(account: Any, person: Person, now: dt.datetime) -> Iterator[PersonLine]:
    """In which calls somebody reviews, with how many reviews: never of whom."""
    words = {
        "invited": (_("asked"), "act"),
        "accepted": (_("accepted"), "good"),
        "declined": (_("declined"), ""),
        "released": (_("released"), ""),
    }
    for each in reviewing_of_person(account, person, now):
        told, reviewer = _("reviews submitted: %(submitted)s of %(given)s"), each.reviewer
        counts = {"submitted": each.submitted, "given": each.given}
        yield PersonLine(
            in_reader_language(reviewer.call.title),
            str(told) % counts,
            reverse("review:reviewers", args=[reviewer.call.reference]),
            *words[reviewer.state],
        )


OWN_SHELVES = {"reviews": PersonShelf(_("Reviews"), reviewing_in_lines)}
