"""The pages of a call's desk and the way to each; what calls add to registers: verbs in words,
links, entries of menus.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anso.audit.queries import type_label
from anso.calls.enums import BodyFunction, Phase
from anso.calls.models import Call
from anso.calls.queries import calls_managed_by, calls_on_desk_of, title_of
from anso.calls.rules import may_change_officers, may_manage_call
from anso.calls.wording.rows import PAGES, family_of
from anso.kernel.actors import Actor
from anso.kernel.finding import Found, Searchable
from anso.kernel.names import is_found, search_parts, search_text
from anso.kernel.registers import Register
from anso.kernel.verdict import Verdict
from anso.notifications.queries import MessageReaders
from anso.ui.menus import frame_link
from anso.ui.question_fields import in_reader_language

Address = Callable[[Call], str]
Rule = Callable[[Actor, Call, dt.datetime], Verdict]
BODY_HINTS: dict[str, Promise] = {
    BodyFunction.PANEL: _("Its chair confirms the selection."),
    BodyFunction.JURY: _("Its chair proposes the selection to the body that confers."),
    BodyFunction.CONFERRING: _("Whoever presides over it confirms what the jury proposes."),
}


@dataclass(frozen=True)
class DeskPage:
    """One page in the menu of a call's desk. ``is_running`` says that it is about how a published
    call runs and not about how it is set up: a draft does not show these. ``phase`` says with which
    part of the call's life it stands; ``is_exact`` that pages below its address are not its own,
    ``also`` that pages below these addresses are. ``opened_by`` is the rule that the page asks,
    where not everybody on the desk may open it: the menu leads nobody to a page that refuses them.
    ``concerns`` says which calls have such a page at all.
    """

    label: Promise | Callable[[Call], str]
    address: Address
    is_running: bool = False
    in_phase: Phase | None = None
    is_exact: bool = False
    opened_by: Rule | None = None
    also: tuple[Address, ...] = ()
    concerns: Callable[[Call], bool] = lambda _call: True

    def label_in(self, call: Call) -> Promise | str:
        """What it is called in a call: some follow the call's own words."""
        return self.label(call) if callable(self.label) else self.label

    @property
    def phase(self) -> Phase:
        """With which phase it stands: where none is named, with setting up or what came in."""
        return self.in_phase or (Phase.APPLICATIONS if self.is_running else Phase.SETUP)

    def is_shown(self, call: Call) -> bool:
        """Whether the call has such a page, and has come so far."""
        return self.concerns(call) and (not self.is_running or call.state != "draft")


def page_of(url_name: str) -> Address:
    """The page of that name that knows a call by its reference, as desks do."""
    return lambda call: reverse(url_name, args=[call.reference])


def public_page_of(url_name: str) -> Address:
    """The page of that name that knows a call by its slug, as public pages do."""
    return lambda call: reverse(url_name, args=[call.slug])


# By URL name. The apps that stand above calls add theirs; a call knows none of them.
DESK: Register[DeskPage] = Register("pages of the desk of a call")
# Pages above about one call that its own pages lead to: its "desk", where one may "start" to apply,
# the "draws" after the results.
CALL_LINKS: Register[Address] = Register("links of a call")


def call_link(word: str, call: Call) -> str:
    """The address of a link of a call; blank when no app of this site registered it."""
    address = CALL_LINKS.get(word)
    return address(call) if address else ""


def desk_name(call: Call) -> str:
    """How a call is called on its desk."""
    return f"{call.number_prefix} · {in_reader_language(title_of(call))}"


def reasons_told(verdict: Verdict) -> list[str]:
    """Why a page has no buttons, for whoever reads it. Somebody who may only look is told so, and
    not refused what they never asked for.
    """
    reading = _("You may read here; the programme officers of this call do the work.")
    told = {"not_an_officer_of_the_call": reading}
    return [str(told.get(reason.code, reason)) for reason in verdict.reasons]


def desk_crumbs(call: Call, page: str, *above: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page of a call's desk, as labels and addresses: the desk, the call, what stands
    ``above`` the page, the page.
    """
    return [
        (gettext("Desk"), frame_link("desk")),
        (desk_name(call), call_link("desk", call)),
        *above,
        (page, ""),
    ]


def list_page(table: str) -> Address:
    """The page of a list of a call."""
    return lambda call: reverse("calls:rows", args=[call.reference, table])


def family_pages(here: str) -> tuple[Address, ...]:
    """With what the addresses of the lists beside one begin, its own among them."""
    return list_pages(*(each for each in family_of(here) if each not in PAGES))


def list_pages(*tables: str) -> tuple[Address, ...]:
    """With what the addresses of these lists begin, those on which a row is added among them."""
    return tuple(
        start_of(name, table) for table in tables for name in ("calls:rows", "calls:add_row")
    )


def start_of(url_name: str, *rest: str) -> Address:
    """With what addresses of that name begin."""
    return lambda call: reverse(url_name, args=[call.reference, *rest]).rstrip("-/")


def outbox_of(call: Call) -> str:
    """The outbox, narrowed to a call."""
    return f"{reverse('notifications:outbox')}?of={type_label(call)}:{call.pk}"


DESK_PAGES = {
    "calls:edit": DeskPage(
        _("Words and dates"), page_of("calls:edit"), also=(page_of("calls:nouns"),)
    ),
    "calls:edition": DeskPage(_("Edition"), page_of("calls:edition")),
    "calls:intake": DeskPage(_("Batches and limits"), page_of("calls:intake")),
    "calls:occasion": DeskPage(_("When and where"), page_of("calls:occasion")),
    "calls:timeline": DeskPage(
        _("Timeline"),
        page_of("calls:timeline"),
        also=(*family_pages("calls:timeline"), page_of("calls:add_stage")),
    ),
    "calls:rules": DeskPage(_("Rules"), list_page("rules"), also=family_pages("rules")),
    "calls:letters": DeskPage(_("Letters"), list_page("letters"), also=family_pages("letters")),
    "calls:outcome": DeskPage(
        _("What is given"),
        page_of("calls:outcome"),
        also=family_pages("calls:outcome"),
    ),
    "calls:benefits": DeskPage(_("Benefits"), list_page("benefits"), also=family_pages("benefits")),
    "calls:rubric": DeskPage(_("Rubric"), page_of("calls:rubric")),
    "calls:conflicts": DeskPage(_("Conflicts of interest"), page_of("calls:conflicts")),
    "calls:questions": DeskPage(
        _("Questions"),
        page_of("calls:questions"),
        also=(*list_pages("sections-", "options-"), start_of("calls:own_question", "-")),
    ),
    "calls:people": DeskPage(_("People"), page_of("calls:people"), opened_by=may_change_officers),
    "calls:publish": DeskPage(_("Publish"), page_of("calls:publish"), opened_by=may_manage_call),
    "calls:amend": DeskPage(
        _("Amend"),
        page_of("calls:amend"),
        is_running=True,
        in_phase=Phase.OVERVIEW,
        opened_by=may_manage_call,
    ),
    "calls:extension": DeskPage(
        _("Days that move"),
        page_of("calls:extension"),
        in_phase=Phase.OVERVIEW,
        opened_by=may_manage_call,
    ),
}


def letters_of(call: Call) -> str:
    """The letters to people that were prepared for a call."""
    return f"{reverse('notifications:mailings')}?of={type_label(call)}:{call.pk}"


OUTBOX = {
    "notifications:mailings": DeskPage(
        _("Letters to people"),
        letters_of,
        is_running=True,
        in_phase=Phase.MAIL,
        opened_by=may_manage_call,
    ),
    "notifications:outbox": DeskPage(
        _("Outbox"),
        outbox_of,
        is_running=True,
        in_phase=Phase.MAIL,
        opened_by=may_manage_call,
    ),
}
MESSAGE_READERS = {
    "calls.call": MessageReaders(calls_managed_by, desk_name, lambda call: call_link("desk", call)),
}


def find_calls(account: Actor, text: str, now: dt.datetime) -> list[Found]:
    """The calls on somebody's desk in whose number or title all words of a text occur. They are
    few and are looked through one by one.
    """
    wanted = search_parts(text)
    return [
        Found(in_reader_language(title_of(call)), call.number_prefix, call_link("desk", call))
        for call in calls_on_desk_of(account, now)
        if is_found(wanted, search_text(call.number_prefix, *call.title.values()))
    ]


SEARCHABLES = {"calls": Searchable(_("Calls"), find_calls)}
NAVIGATION = {"calls:list": _("Calls")}
VERBS: dict[str, Promise] = {
    "create_call": _("created a call"),
    "change_call": _("changed a call"),
    "change_call_text": _("changed the words of a call"),
    "change_call_dates": _("changed the dates of a call"),
    "change_parent": _("said of what a call is a part"),
    "change_stages": _("changed the timeline"),
    "add_stage": _("added a stage to a call"),
    "remove_stage": _("took a stage of a call away"),
    "change_terms": _("changed what a call promises"),
    "change_nouns": _("changed the words for what comes in"),
    "change_outcome": _("changed what is given"),
    "change_rubric": _("changed the rubric"),
    "change_conflicts": _("changed what is a conflict of interest"),
    "change_questions": _("changed the questions"),
    "publish_questions": _("published the questions"),
    "discard_questions": _("discarded changes to the questions"),
    "add_officer": _("gave somebody charge of a call"),
    "hand_over_call": _("handed a call over"),
    "remove_officer": _("took charge of a call from somebody"),
    "name_body": _("named a body of a call"),
    "name_host": _("said which organisation a host is"),
    "add_host_person": _("added somebody who answers for a host"),
    "remove_host_person": _("removed somebody who answered for a host"),
    "publish_call": _("published a call"),
    "open_batch": _("opened the next batch of a call"),
    "change_intake": _("changed how long a call stays open"),
    "change_occasion": _("changed when and where it takes place"),
    "extend_call": _("extended a call"),
    "begin_amendment": _("began an amendment"),
    "discard_amendment": _("threw an amendment away"),
    "amend_call": _("announced an amendment"),
    "record_outage": _("recorded an outage"),
    "complete_call": _("completed a call"),
    "cancel_call": _("cancelled a call"),
}
KINDS: dict[str, Promise] = {
    "calls.call": _("call"),
    "calls.outage": _("outage"),
}
