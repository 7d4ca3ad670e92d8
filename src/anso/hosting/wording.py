"""What hosts read and what is said of their answers: verbs in words, pages, mails, to-dos."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from anso.accounts.models import Account
from anso.applications.wording.answers import answer_told
from anso.audit.wording import Field
from anso.calls.enums import Phase
from anso.calls.models import CallHost, Step
from anso.calls.queries import get_terms
from anso.calls.queries.steps import step_closes_at
from anso.calls.wording import DeskPage, page_of
from anso.directory.models import Person
from anso.hosting.enums import HostSays
from anso.hosting.models import HostAnswer
from anso.hosting.queries import hosts_answered_by, hosts_to_answer, late_hosts
from anso.hosting.rules import may_see_answers_of_hosts
from anso.kernel.questions import ReadAnswers
from anso.kernel.todo import TodoItem, tone_until
from anso.ui.instants import end_in_words
from anso.ui.menus import OwnPage
from anso.ui.question_fields import in_reader_language

VERBS: dict[str, Promise] = {
    "answer_for_host": _("said for a host whether it admits somebody"),
    "record_host_answer": _("took down whether a host admits somebody"),
}
# What the record calls the parts of an answer.
FIELDS: dict[str, Field] = {
    f"{verb}:{name}": field
    for verb in VERBS
    for name, field in {
        "host": Field(_("host"), keys="hosts"),
        "says": Field(_("answer"), codes=dict(HostSays.choices)),
        "words": Field(_("in its words")),
        "heard": Field(_("how the office heard of it")),
    }.items()
}
MAIL_KINDS: dict[str, Promise] = {
    "hosting.asked": _("question to a host whom it admits"),
    "hosting.reminder": _("reminder to a host"),
}
DESK_PAGES = {
    "hosting:answers": DeskPage(
        _("Answers of hosts"),
        page_of("hosting:answers"),
        True,
        Phase.REVIEW,
        opened_by=may_see_answers_of_hosts,
    )
}
OWN_PAGES = {"hosting:candidates": OwnPage(_("Candidates of your host"), hosts_answered_by)}
TONES = {HostSays.ADMITS: "good", HostSays.CONDITION: "act", HostSays.REFUSES: "stop"}


def host_name(host: CallHost) -> str:
    """What a host is called in its call."""
    return host_label(host.call, host.key)


def host_label(call: Any, key: str) -> str:
    """The same by its key; the key itself where the terms know no such host."""
    labels = {each.key: each.label for each in get_terms(call).hosts}
    return in_reader_language(labels[key]) if key in labels else key


def answer_shown(answer: HostAnswer | None) -> tuple[str, str]:
    """What a host said, and its tone."""
    if answer is None:
        return gettext("not answered"), "attn"
    says = HostSays(answer.says)
    return str(says.label), TONES[says]


def host_told(host: CallHost, step: Step, person: Person, count: int) -> dict[str, Any]:
    """What mails to the people of a host may say."""
    return {
        "name": person.full_name,
        "host": host_name(host),
        "call": in_reader_language(host.call.title),
        "count": str(count),
        "until": end_in_words(step_closes_at(step), step.call.zone),
        "url": reverse("hosting:candidates"),
    }


def sections_read(read: ReadAnswers) -> list[dict[str, Any]]:
    """What somebody reads of a submission, section by section, in words; documents apart."""
    sections = [
        {
            "title": in_reader_language(section.title),
            "rows": [
                answer_told(question, read.answers.get(question.key))
                for question in section.questions
                if question.type != "file"
            ],
        }
        for section in read.form.sections
    ]
    return [each for each in sections if each["rows"]]


def todo_items_for(account: Account, now: dt.datetime) -> list[TodoItem]:
    """For a host's own people: answer. For officers: hosts that are late."""
    if account.pk is None:
        return []
    items = [_answer_item(*each, now) for each in hosts_to_answer(account, now)]
    return items + [_late_item(*each) for each in late_hosts(account, now)]


def _answer_item(host: CallHost, step: Step, number: int, now: dt.datetime) -> TodoItem:
    text = ngettext(
        "Say whether %(host)s admits %(n)d candidate",
        "Say whom %(host)s admits: %(n)d candidates wait",
        number,
    )
    due_at = step_closes_at(step)
    return TodoItem(
        due_at=due_at,
        text=text % {"host": host_name(host), "n": number},
        reason=in_reader_language(host.call.title),
        url=reverse("hosting:candidates"),
        tone=tone_until(due_at, now),
        zone=step.call.zone,
    )


def _late_item(host: CallHost, number: int) -> TodoItem:
    text = ngettext(
        "%(host)s has not answered about %(n)d candidate: ask, and take the answer down",
        "%(host)s has not answered about %(n)d candidates: ask, and take the answers down",
        number,
    )
    page = reverse("hosting:answers", args=[host.call.reference])
    return TodoItem(
        due_at=None,
        text=text % {"host": host_name(host), "n": number},
        reason=in_reader_language(host.call.title),
        url=f"{page}?only=waiting",
        tone="attn",
    )
