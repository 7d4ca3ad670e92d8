"""Walking a call of any kind as people do: who acts, which pages they read in which languages, and
what stands on none of them.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.test import Client

from anso.accounts.models import Account
from anso.applications.models import Application
from anso.notifications.models import Message

LANGUAGES = [code for code, _name in settings.LANGUAGES]
# What the fellowship says of what it gives, and nobody else does.
FOREIGN = re.compile(
    r"\b(?:seats?|places?|supervisors?|stud(?:y|ies)|fellow\w*|scholar\w*)\b"
    r"|مقعد|مقاعد|المقاعد|المشرف|مشرف|زمالة|الزمالة|دراسة|الدراسة",
    re.IGNORECASE,
)
SILENT = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->", re.DOTALL)
SPOKEN = re.compile(r'\b(?:aria-label|title|placeholder|alt|value)="([^"]*)"')


def shown(page: str) -> str:
    """What a page shows or reads out, without its markup, in single spaces."""
    page = SILENT.sub(" ", page)
    said = " ".join(SPOKEN.findall(page))
    return re.sub(r"\s+", " ", html.unescape(f"{re.sub('<[^>]+>', '', page)} {said}"))


def assert_own_words(text: str, place: str) -> None:
    """Nothing in it is the fellowship's."""
    found = FOREIGN.search(text)
    around = text[max(0, found.start() - 60) : found.end() + 60] if found else ""
    assert found is None, f"{place}: …{around}…"


@dataclass
class Reader:
    """Somebody in front of a browser, signed in or not, and what they may never read."""

    account: Account | None = None
    hidden: tuple[str, ...] = ()
    client: Client = field(default_factory=Client)

    def _sign_in(self) -> None:
        """Months pass between two pages: whoever has an account signs in anew."""
        if self.account is not None:
            self.client.force_login(self.account)

    def reads(self, address: str, **words: str | tuple[str, ...]) -> dict[str, str]:
        """Read a page in every language; ``words`` are those that must stand on it, by language.

        Where officers pick from the questions of all programmes, other words stand among them.
        """
        pages = {}
        for language in LANGUAGES:
            page = self._page(address, language)
            if not address.endswith("/questions/"):
                assert_own_words(page, f"{address} ({language})")
            for secret in self.hidden:
                assert secret not in page, f"{address}: {secret}"
            wanted = words.get(language, ())
            for each in (wanted,) if isinstance(wanted, str) else wanted:
                assert each in page, f"{address} ({language}) lacks “{each}”: {page[:3000]}"
            pages[language] = page
        return pages

    def _page(self, address: str, language: str) -> str:
        self._sign_in()
        usual = self.account.language if self.account else ""
        self._speak(language)
        answer = self.client.get(address, headers={"accept-language": language})
        self._speak(usual)
        assert answer.status_code == HTTPStatus.OK, f"{address}: {answer.status_code}"
        return shown(answer.content.decode())

    def _speak(self, language: str) -> None:
        if self.account is not None:
            Account.objects.filter(pk=self.account.pk).update(language=language)

    def may_not_open(self, *addresses: str) -> None:
        """None of these pages is there for them."""
        self._sign_in()
        for address in addresses:
            answer = self.client.get(address)
            led = answer.headers.get("Location", "")
            assert answer.status_code in {403, 404} or "login" in led, f"{address} opens"

    def posts(self, address: str, fields: dict[str, Any]) -> str:
        """Press a button; what is refused fails here, with what the page says."""
        self._sign_in()
        answer = self.client.post(address, fields)
        done = {HTTPStatus.OK, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER}
        page = shown(answer.content.decode())
        assert answer.status_code in done, f"{address}: {answer.status_code} {page[:3000]}"
        return answer.headers.get("Location", "")


def typed(answers: dict[str, Any]) -> dict[str, str]:
    """Answers as the fields of a page: the parts of a person and of rows by their own names."""
    fields: dict[str, str] = {}
    for key, value in answers.items():
        if isinstance(value, dict):
            fields |= {f"{key}:{part}": text for part, text in value.items()}
        elif isinstance(value, list):
            rows = enumerate(value)
            fields |= {f"{key}:{n}:{part}": text for n, row in rows for part, text in row.items()}
        else:
            fields[key] = value
    return fields


def mails_to(who: Account | str, code: str = "") -> list[Message]:
    """The mails that somebody got, the latest last; all of them speak their programme's words."""
    chosen = Q(email__iexact=who) if isinstance(who, str) else Q(recipient=who)
    found = list(Message.objects.filter(chosen, code__contains=code).order_by("id"))
    for mail in found:
        assert_own_words(f"{mail.subject}\n{mail.body}", mail.code)
    return found


def link_to(email: str, code: str) -> str:
    """The path of the link in the latest such mail to an address."""
    return mails_to(email, code)[-1].secret.removeprefix(settings.SITE_URL)


def reread(application: Application) -> Application:
    """The application as it stands now."""
    return Application.objects.get(pk=application.pk)
