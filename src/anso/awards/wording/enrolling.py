"""Organisations that are entered among the members, in words."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anso.accounts.models import Account
from anso.awards.queries.enrolling import admits_organisations, enrolments_to_answer
from anso.awards.rules import may_enrol
from anso.calls.enums import Phase
from anso.calls.wording import DeskPage, page_of
from anso.directory.models import Organisation
from anso.kernel.todo import TodoItem
from anso.ui.countries import country_name
from anso.ui.question_fields import in_reader_language

VERBS: dict[str, Promise] = {
    "answer_enrolment": gettext_lazy("said which organisation is entered among the members"),
}
KINDS: dict[str, Promise] = {
    "awards.enrolment": gettext_lazy("entry among the members"),
}
DESK_PAGES = {
    "awards:register": DeskPage(
        gettext_lazy("Register of members"),
        page_of("awards:register"),
        True,
        Phase.OFFERS,
        opened_by=may_enrol,
        concerns=admits_organisations,
    ),
}


def todo_enrolments_for(account: Account, now: dt.datetime) -> list[TodoItem]:
    """Organisations of which this person has to say which one they are."""
    return [
        TodoItem(
            due_at=None,
            text=_("Say which organisation is entered among the members"),
            reason=in_reader_language(each.offer.application.call.title),
            url=reverse("awards:register", args=[each.offer.application.call.reference]),
        )
        for each in enrolments_to_answer(account, now)
    ]


def named_with_place(organisation: Organisation) -> str:
    """An organisation by its name, acronym and country."""
    acronym = f" ({organisation.acronym})" if organisation.acronym else ""
    return f"{organisation.name}{acronym} · {country_name(organisation.country_id)}"
