"""What applications add to registers: their verbs in words, their pages on a call’s desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anso.applications.models import Application
from anso.applications.queries.desk import desk_applications_found
from anso.applications.queries.visibility import own_applications_of
from anso.applications.rules import may_invite_to_start
from anso.calls.enums import Phase
from anso.calls.queries import title_of
from anso.calls.rules import may_manage_call
from anso.calls.wording import DeskPage, entry_word, page_of, public_page_of
from anso.kernel.finding import MOST_FOUND, Found, Searchable
from anso.kernel.registers import Register
from anso.ui.menus import OwnPage
from anso.ui.question_fields import in_reader_language

# Pages above about one application that its own pages and mails lead to: the "result".
APPLICATION_LINKS: Register[Callable[[Application], str]] = Register("links of an application")


@dataclass(frozen=True)
class FurtherLine:
    """What an app above keeps for whoever wrote an application: what it is, where, how it
    stands.
    """

    label: str
    url: str
    word: str
    tone: str


FURTHER_LINES: Register[Callable[[Application, dt.datetime], list[FurtherLine]]] = Register(
    "further lines on the page of an application"
)


def further_lines_of(application: Application, now: dt.datetime) -> list[FurtherLine]:
    """All of them."""
    return [line for lines in FURTHER_LINES.values() for line in lines(application, now)]


def application_link(word: str, application: Application) -> str:
    """The address of a link of an application; blank when no app of this site registered it."""
    address = APPLICATION_LINKS.get(word)
    return address(application) if address else ""


VERBS: dict[str, Promise] = {
    "keep_export_view": _("kept columns for exports"),
    "remove_export_view": _("removed columns kept for exports"),
    "start_application": _("started it"),
    "open_call_of_proposal": _("had the call opened that belongs to a selected proposal"),
    "reuse_application": _("took over earlier answers"),
    "adopt_form_version": _("moved a draft to the new questions"),
    "invite_to_start": _("invited somebody to start"),
    "invite_to_start_again": _("invited somebody to start once more"),
    "take_invitation_back": _("took an invitation back"),
    "carry_on": _("carried a draft on to the next batch"),
    "submit_application": _("submitted it"),
    "resubmit_application": _("submitted it again"),
    "attach_receipt": _("attached the receipt"),
    "withdraw_application": _("withdrew it"),
    "restore_draft": _("took the withdrawal of a draft back"),
    "restore_application": _("took a withdrawal back"),
    "mend_submission": _("put another file into what was submitted, for its writer"),
    "take_down_answer": _("wrote down the answer of a writer"),
    "put_letter_in": _("put in a letter that its writer had mailed"),
    "take_back_decline": _("took back that a writer declined"),
    "put_file_in": _("put a file in for its writer"),
    "extend_for_one": _("gave one person more time"),
    "confirm_eligible": _("confirmed eligibility"),
    "reject_ineligible": _("found it not eligible"),
    "write_note": _("wrote a note for the officers"),
    "remove_note": _("took a note away"),
    "flag_application": _("changed its flags"),
    "name_owner": _("said who looks after it"),
    "answer_namesake": _("said whether two are of one person"),
    "reopen_screening": _("reopened the screening"),
    "answer_rule": _("answered a rule that could not judge"),
    "take_back_rule_answer": _("took back the answer to a rule"),
    "invite_application": _("invited it to the next step"),
    "advance_application": _("led it on to the next step"),
    "reject_application": _("ended it in its step"),
    "decide_application": _("decided on it"),
    "ask_letter": _("asked for a letter"),
    "issue_own_letter_link": _("opened a letter from the own list"),
    "ask_letter_again": _("asked for a letter once more"),
    "open_letter": _("opened a request for a letter"),
    "give_letter": _("gave a letter"),
    "complete_letter": _("sent a letter"),
    "decline_letter": _("declined to write a letter"),
    "remind_letter": _("reminded of a letter"),
    "take_over_letter": _("began with a letter written before"),
    "ask_back": _("asked something before answering"),
    "answer_back": _("answered the question of a writer"),
    "remind_of_question": _("reminded of a writer’s question"),
    "ask_office": _("asked the officers a question"),
    "answer_enquiry": _("answered a question"),
    "correct_answer": _("corrected an answer to a question"),
    "resend_letter": _("sent a request for a letter again"),
    "replace_letter": _("replaced a request for a letter"),
    "cancel_letter": _("cancelled a letter"),
    "ask_collaborator": _("asked somebody to fill in parts"),
    "share_sections": _("changed the parts that somebody fills in"),
    "accept_collaboration": _("said yes to filling in parts"),
    "decline_collaboration": _("said no to filling in parts"),
    "end_collaboration": _("ended that somebody fills in parts"),
    "offer_lead": _("asked somebody to take it over"),
    "keep_lead": _("did not hand it over"),
    "take_over": _("took it over from whoever handed it in before"),
    "join_account": _("joined a participant with an account"),
}
KINDS: dict[str, Promise] = {
    "applications.invited": _("invitation to a call"),
    "applications.application": _("application"),
    "applications.letter": _("letter"),
    "applications.submission": _("submission"),
    "applications.participant": _("participant"),
    "applications.collaborator": _("collaborator"),
}
# What the kinds of mail are called on the desk.
MAIL_KINDS: dict[str, Promise] = {
    "applications.receipt": _("receipt of a submission"),
    "applications.withdrawn": _("withdrawal confirmed"),
    "applications.letter_request": _("request for a letter"),
    "applications.letter_reminder": _("reminder of a letter"),
    "applications.letter_cancelled": _("letter no longer wanted"),
    "applications.letter_moved": _("new day for a letter"),
    "applications.letter_thanks": _("thanks for a letter"),
    "applications.letter_arrived": _("a letter arrived"),
    "applications.letter_declined": _("a letter was declined"),
    "applications.letter_refused": _("a writer answered No"),
    "applications.writer_asks": _("a writer asks before answering"),
    "applications.writer_asks_reminder": _("reminder of a writer’s question"),
    "applications.writer_answered": _("answer to a writer’s question"),
    "applications.enquiry": _("question to the officers"),
    "applications.enquiry_answered": _("answer to a question to the officers"),
    "applications.enquiry_corrected": _("corrected answer to a question to the officers"),
    "applications.draft_reminder": _("reminder of a draft"),
    "applications.invited_to_start": _("invitation to a call"),
    "applications.invited_no_more": _("invitation to a call taken back"),
    "applications.carried_on": _("a draft went on to the next batch"),
    "applications.invited_reminder": _("reminder of an invitation to go on"),
    "applications.collaborator_asked": _("asked to fill in parts"),
    "applications.collaborator_answered": _("answer of somebody asked to fill in parts"),
    "applications.collaboration_ended": _("parts no longer asked for"),
    "applications.collaborators_handed_in": _("handed in, to those who filled in parts"),
    "applications.lead_offered": _("asked to take an application over"),
    "applications.lead_handed_over": _("an application was taken over"),
    "applications.call_cancelled": _("call cancelled"),
    "applications.deadline_moved": _("deadline moved"),
    "applications.days_moved": _("days moved"),
    "applications.letter_extended": _("more time for a letter"),
    "applications.call_amended": _("call amended"),
    "applications.extended_for_one": _("more time for one person"),
    "applications.letter_taken_down": _("a writer’s answer written down"),
    "applications.handed_in": _("handed in for somebody"),
    "applications.letter_put_in": _("a mailed letter put in"),
    "applications.letter_open_again": _("a letter open again"),
    "applications.decline_taken_back": _("a writer may answer after all"),
    "applications.file_put_in": _("a file put in for somebody"),
    "applications.restored": _("withdrawal taken back"),
    "applications.people_merged": _("two accounts made one"),
    "applications.merge_undone": _("accounts made two again"),
    "applications.message": _("message to those who write or wrote"),
    "applications.writer_message": _("message to writers of letters"),
    "applications.letter_amended": _("call amended, to writers of letters"),
}


def find_applications(account: Model, text: str, now: dt.datetime) -> list[Found]:
    """The applications on somebody's desk in whose number, name, title or address all words of a
    text occur.
    """
    return [
        Found(
            f"{each.number} · {each.subject_name}",
            in_reader_language(title_of(each.call)),
            reverse("applications:desk_detail", args=[each.reference]),
        )
        for each in desk_applications_found(account, text, now)[:MOST_FOUND]
    ]


SEARCHABLES = {"applications": Searchable(_("What came in"), find_applications)}
DESK_PAGES = {
    "applications:table": DeskPage(
        lambda call: entry_word(call, "plural"), page_of("applications:table"), True
    ),
    "applications:inviting": DeskPage(
        _("Who is invited"),
        page_of("applications:inviting"),
        is_running=True,
        in_phase=Phase.OVERVIEW,
        opened_by=may_invite_to_start,
    ),
    "applications:call_enquiries": DeskPage(
        _("Questions to the officers"),
        page_of("applications:call_enquiries"),
        True,
        opened_by=may_manage_call,
    ),
    "applications:screening": DeskPage(
        _("Screening"), page_of("applications:screening"), True, Phase.SCREENING
    ),
}
OWN_PAGES = {"applications:list": OwnPage(_("Your applications"), own_applications_of)}
NAMING_PAGES = {"applications:start": "whoever is new writes their name there"}
CALL_LINKS = {
    "start": public_page_of("applications:start"),
}
