"""What the record calls the fields of reviewers, assignments, reviews and answers to them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from anso.audit.wording import Field, fixed_words
from anso.directory.enums import InterestKind
from anso.review.enums import DeclineKind
from anso.review.wording.ties import CONFLICTS

FIELDS: dict[str, Field] = {
    "review.reviewer:state": Field(
        _("state"),
        codes={
            "invited": _("asked"),
            "accepted": _("accepted"),
            "declined": _("declined"),
            "released": _("released"),
        },
    ),
    "review.invitation:state": Field(
        _("state"),
        codes={
            "asked": _("asked"),
            "accepted": _("accepted"),
            "declined": _("declined"),
            "cancelled": _("taken back"),
        },
    ),
    "review.assignment:state": Field(
        _("state"),
        codes={
            "assigned": _("assigned"),
            "accepted": _("accepted"),
            "conflicted": _("conflict of interest declared"),
            "declined": _("declined"),
            "cancelled": _("taken back"),
            "submitted": _("review submitted"),
        },
    ),
    "review.rebuttal:state": Field(
        _("state"), codes={"asked": _("asked"), "answered": _("answered")}
    ),
    "review.assignmentproposal:state": Field(
        _("state"),
        codes={
            "running": _("running"),
            "ready": _("ready"),
            "assigned": _("assigned"),
            "dropped": _("dropped"),
            "failed": _("ended without a result"),
        },
    ),
    "accept_assignment:because": Field(tell=fixed_words),
    "declare_conflict:remark": Field(_("tie"), codes=dict(InterestKind.choices)),
    "submit_review:*": Field(keys="criteria"),
    "revise_review:*": Field(keys="criteria"),
    "comment_for_panel": Field(_("comment for those who decide")),
    "comment_for_applicant": Field(_("words that are passed on")),
    "capacity": Field(_("most reviews")),
    "reviewer": Field(_("reviewer")),
    "ties": Field(_("ties"), codes=CONFLICTS),
    "is_conflict": Field(_("a conflict of interest")),
    "answer_by": Field(_("answer asked by")),
    "decline_kind": Field(_("reason of the refusal"), codes=dict(DeclineKind.choices)),
    "suggestion": Field(_("somebody else who was named")),
    "subjects": Field(_("subjects")),
    "names": Field(_("names")),
    "applications": Field(_("to be judged")),
    "reviewers": Field(_("reviewers")),
    "words_passed": Field(_("words that are passed on")),
    "step": Field(_("step"), keys="steps"),
    "body": Field(_("answer to the reviewers")),
}
WAYS = {
    "review.reviewer": "call",
    "review.invitation": "call",
    "review.assignmentproposal": "call",
    "review.dossier": "application__call",
    "review.assignment": "application__call",
    "review.rebuttal": "application__call",
    "review.review": "assignment__application__call",
}
