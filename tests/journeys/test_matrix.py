"""Every address × every role × read and write: who gets in, who is told why not, and for whom the
page does not exist.

The table is exhaustive: an address without a row fails the test, and so does a row without an
address. Everybody reads Arabic, so that a sentence left in English is found on every page, and on
every page that says no.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from html import unescape
from http import HTTPStatus
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse
from lxml.etree import ParserError

from anso.accounts.models import Account
from anso.governance.models import Membership
from tests.journeys.bodies import VALID, rows_written
from tests.journeys.reading import codes_in, english_in, names_in_the_world
from tests.journeys.world import World, make_world

ALL = frozenset({
    "applicant", "co_applicant", "referee", "reviewer", "conflicted_reviewer", "panel_chair",
    "programme_officer", "members_delegate",
    "board_member", "regional_officer", "auditor", "admitting", "stranger",
})  # fmt: skip
EVERYBODY = ALL | {"anonymous"}
NOBODY: frozenset[str] = frozenset()
OFFICER = frozenset({"programme_officer"})
SECRETARIAT = OFFICER | {"regional_officer"}
DESK = OFFICER | {"panel_chair", "auditor"}
AUDITOR = frozenset({"auditor"})
OF_LETTERS = {
    "reference": "mailing.reference",
    "code": "=decisions.waiting",
    "language": "=en",
}
APPLICANT = frozenset({"applicant"})
SEEKING = frozenset({"referee"})
ASKED = frozenset({"board_member"})
ASKING = {"reference": "request.asking.reference"}
REVIEWER = frozenset({"reviewer"})
OF_HOST = frozenset({"admitting"})
DESK_OF_CALL = OFFICER | {"panel_chair"}
GUIDE = "ui:"  # the living style guide is written in English
# These show the usual words of each language, English among them, below the fields for own ones.
IN_EACH_LANGUAGE = {"calls:nouns"}
INSIDE = (200, 302, 405)
DONE = (200, 201, 204, 302)
KEPT_OUT = (403, 404, 405)
SIGN_IN = "/accounts/login/"
LINKS = re.compile(r'<a\b[^>]*?href="(/[^"#]*)')


@dataclass(frozen=True)
class Row:
    """One address: how to make it, who may read it, who may write to it. ``refused`` roles see the
    page exist but not its content.
    """

    reads: frozenset[str]
    writes: frozenset[str] = NOBODY
    names: dict[str, str] = field(default_factory=dict)
    refused: frozenset[str] = NOBODY
    write_refused: frozenset[str] = NOBODY
    told: frozenset[int] = frozenset()  # with what else than 403 those are answered


def desk(
    reads: frozenset[str] = DESK, writes: frozenset[str] = NOBODY, call: str = "open", **names: str
) -> Row:
    """A staff page of a call: its officers, chair and auditors see it; where it is acted on, its
    officers do, and the others there are told why not.
    """
    return Row(
        reads,
        writes,
        {"reference": f"{call}.reference", **names},
        refused=DESK - reads,
        write_refused=DESK - writes,
    )


TABLE: dict[str, Row] = {
    "set_language": Row(EVERYBODY, EVERYBODY),
    "accounts:account": Row(ALL, ALL),
    "accounts:end_sessions": Row(ALL, ALL),
    "accounts:second_factor": Row(ALL),
    "accounts:enter": Row(EVERYBODY, EVERYBODY),
    "accounts:enter_code": Row(EVERYBODY, EVERYBODY),
    "accounts:enter_by_link": Row(NOBODY, names={"token": "=none"}),
    "accounts:signup": Row(EVERYBODY),
    "accounts:play": Row(EVERYBODY, EVERYBODY, {"role": "=stranger"}),
    "ui:guide": Row(EVERYBODY),
    "ui:colours": Row(EVERYBODY),
    "ui:component": Row(EVERYBODY, names={"name": "=steps"}),
    "files:uploads": Row(NOBODY, ALL),  # whose document it becomes is asked when it is there
    "files:upload": Row(NOBODY, NOBODY, {"reference": "=NONESUCH"}),
    "audit:record": Row(AUDITOR, refused=EVERYBODY),
    "audit:checkpoints": Row(EVERYBODY),
    "audit:checkpoints_json": Row(EVERYBODY),
    "audit:verification": Row(AUDITOR, refused=EVERYBODY),
    "audit:chain": Row(
        AUDITOR, names={"object_type": "=calls.call", "object_id": "open.pk"}, refused=EVERYBODY
    ),
    "notifications:mailbox": Row(EVERYBODY),
    "notifications:mailbox_message": Row(EVERYBODY, names={"reference": "message.reference"}),
    "notifications:outbox": Row(SECRETARIAT, refused=EVERYBODY),
    "notifications:ask": Row(SECRETARIAT, SECRETARIAT, refused=EVERYBODY, write_refused=EVERYBODY),
    "notifications:carry_out": Row(
        SECRETARIAT, SECRETARIAT, refused=EVERYBODY, write_refused=EVERYBODY
    ),
    "notifications:message": Row(
        OFFICER, names={"reference": "message.reference"}, refused=EVERYBODY
    ),
    "notifications:write": Row(NOBODY, OFFICER, names={"code": "=applications.message"}),
    "notifications:letter_words": Row(OFFICER, OFFICER, names={"reference": "held.reference"}),
    "notifications:mailings": Row(SECRETARIAT, refused=EVERYBODY),
    "notifications:mailing": Row(OFFICER, names={"reference": "mailing.reference"}),
    "notifications:mailing_release": Row(
        OFFICER, OFFICER, names={"reference": "mailing.reference"}
    ),
    "notifications:mailing_stop": Row(OFFICER, OFFICER, names={"reference": "mailing.reference"}),
    "notifications:mailing_text": Row(OFFICER, OFFICER, names=OF_LETTERS),
    "notifications:mailing_test": Row(NOBODY, OFFICER, names=OF_LETTERS),
    "bulk:action": Row(OFFICER, names={"reference": "many.reference"}),
    "bulk:stop": Row(NOBODY, OFFICER, names={"reference": "many.reference"}),
    "bulk:resume": Row(NOBODY, OFFICER, names={"reference": "stopped.reference"}),
    "bulk:undo": Row(NOBODY, OFFICER, names={"reference": "stopped.reference"}),
    "governance:members": Row(EVERYBODY),
    "governance:member": Row(EVERYBODY, names={"reference": "member.reference"}),
    "governance:associations": Row(EVERYBODY),
    "governance:enter_association": Row(OFFICER, OFFICER, {}, EVERYBODY, EVERYBODY),
    "governance:association": Row(OFFICER, OFFICER, {"code": "=ates"}, EVERYBODY, EVERYBODY),
    "governance:bodies": Row(EVERYBODY),
    "governance:body": Row(EVERYBODY, names={"code": "=audit"}),
    "calls:list": Row(EVERYBODY),
    "calls:call": Row(EVERYBODY, names={"slug": "open.slug"}),
    "calls:check": Row(EVERYBODY, EVERYBODY, {"slug": "open.slug"}),
    "calls:check_result": Row(EVERYBODY, names={"slug": "open.slug"}),
    "calls:current": Row(EVERYBODY, names={"slug": "open.slug"}),
    "calls:calendar": Row(EVERYBODY, names={"slug": "open.slug"}),
    "calls:terms": Row(EVERYBODY, names={"slug": "open.slug"}),
    "calls:create": Row(OFFICER, OFFICER, refused=EVERYBODY, write_refused=EVERYBODY),
    "calls:edit": desk(writes=OFFICER, call="design"),
    "calls:edition": desk(writes=OFFICER, call="design"),
    "calls:timeline": desk(writes=OFFICER, call="design"),
    "calls:outcome": desk(writes=OFFICER, call="design"),
    "calls:rubric": desk(writes=OFFICER, call="design"),
    "calls:conflicts": desk(writes=OFFICER, call="design"),
    "calls:rows": desk(writes=OFFICER, call="design", table="=benefits"),
    "calls:row": desk(writes=OFFICER, call="design", table="=benefits", key="=travel"),
    "calls:add_row": desk(OFFICER, OFFICER, call="design", table="=levels"),
    "calls:intake": desk(writes=OFFICER, call="design"),
    "calls:occasion": desk(writes=OFFICER, call="design"),
    "calls:nouns": desk(writes=OFFICER, call="design"),
    "calls:add_stage": desk(OFFICER, OFFICER, call="design"),
    "calls:removal": desk(OFFICER, OFFICER, call="design", table="=stages", key="=interviews"),
    "calls:own_question": desk(OFFICER, OFFICER, call="design", purpose="=application"),
    "calls:questions": desk(writes=OFFICER, call="design"),
    "calls:questions_of": desk(writes=OFFICER, call="design", purpose="=application"),
    "calls:question_changes": desk(OFFICER, OFFICER, purpose="=application"),
    "calls:question": desk(writes=OFFICER, call="design", purpose="=application", key="=title"),
    "calls:serving": desk(OFFICER, OFFICER),
    "calls:people": desk(OFFICER, OFFICER),
    "calls:publish": desk(OFFICER, OFFICER, call="design"),
    "calls:extension": desk(OFFICER, OFFICER),
    "calls:amend": desk(OFFICER, OFFICER),
    "calls:end": desk(OFFICER, OFFICER),
    "applications:list": Row(ALL),
    "applications:start": Row(
        ALL, ALL - DESK_OF_CALL, {"slug": "open.slug"}, write_refused=DESK_OF_CALL
    ),
    "applications:document": Row(
        frozenset({"co_applicant"}) | OFFICER, names={"reference": "document.reference"}
    ),
    "applications:open_call": Row(NOBODY, NOBODY, {"reference": "decided.reference"}),
    "applications:detail": Row(APPLICANT, names={"reference": "draft.reference"}),
    "applications:calendar": Row(APPLICANT, names={"reference": "draft.reference"}),
    "applications:eligibility": Row(APPLICANT, names={"reference": "draft.reference"}),
    "applications:section": Row(
        APPLICANT, APPLICANT, {"reference": "draft.reference", "section": "=proposal"}
    ),
    "applications:save": Row(APPLICANT, APPLICANT, {"reference": "draft.reference"}),
    "applications:own_letter": Row(frozenset({"referee"}), names={"reference": "letter.reference"}),
    "applications:letters": Row(APPLICANT, APPLICANT, {"reference": "draft.reference"}),
    "applications:enquiries": Row(APPLICANT, APPLICANT, {"reference": "draft.reference"}),
    "applications:check": Row(APPLICANT, names={"reference": "draft.reference"}),
    "applications:submit": Row(
        frozenset({"co_applicant"}),
        frozenset({"co_applicant"}),
        {"reference": "submitted.reference"},
    ),
    "applications:receipt": Row(
        frozenset({"co_applicant"}), names={"reference": "submitted.reference"}
    ),
    "applications:receipt_pdf": Row(
        NOBODY, names={"reference": "submitted.reference", "version": "=1"}
    ),
    # Nothing here is filled in by several people: see tests/applications/test_collaborators.py.
    "applications:together": Row(NOBODY, NOBODY, {"reference": "draft.reference"}),
    "applications:shared": Row(NOBODY, NOBODY, {"reference": "=NONESUCH"}),
    "applications:withdraw": Row(APPLICANT, APPLICANT, {"reference": "draft.reference"}),
    "applications:letter": Row(EVERYBODY, EVERYBODY, {"token": "letter_token"}),
    # A referee, who is asked for words: they may not ask back, and are shown no document.
    "applications:ask_first": Row(
        EVERYBODY, names={"token": "letter_token"}, write_refused=EVERYBODY
    ),
    "applications:letter_document": Row(
        NOBODY, names={"token": "letter_token", "reference": "document.reference"}
    ),
    "applications:save_letter": Row(EVERYBODY, EVERYBODY, {"token": "letter_token"}),
    "applications:table": desk(),
    "applications:export": desk(kind="=csv"),
    "applications:export_columns": desk(writes=OFFICER),
    "applications:remove_export_view": desk(NOBODY, OFFICER, pk="view.pk"),
    "applications:call_enquiries": desk(OFFICER),
    "applications:answer_enquiry": Row(NOBODY, OFFICER, {"reference": "enquiry.reference"}),
    "applications:inviting": desk(reads=NOBODY, writes=NOBODY, call="reviewing"),
    "applications:screening": desk(writes=OFFICER, call="reviewing"),
    "applications:desk_detail": Row(DESK, names={"reference": "submitted.reference"}),
    "applications:case": Row(
        OFFICER,
        OFFICER,
        {"reference": "submitted.reference"},
        refused=DESK - OFFICER,
        write_refused=DESK - OFFICER,
    ),
    "applications:keep": Row(
        NOBODY, OFFICER, {"reference": "submitted.reference"}, write_refused=DESK - OFFICER
    ),
    "applications:screen_one": Row(
        DESK, OFFICER, {"reference": "assignment.application.reference"}, write_refused=DESK
    ),
    "applications:answer_namesake": Row(
        NOBODY,
        OFFICER,
        {"reference": "assignment.application.reference", "pair": "namesake.reference"},
        write_refused=DESK,
    ),
    "applications:answer_rule": Row(
        NOBODY,
        OFFICER,
        {"reference": "assignment.application.reference", "code": "=F8"},
        write_refused=DESK,
    ),
    "applications:take_down": Row(
        OFFICER,
        OFFICER,
        {"reference": "letter.reference"},
        refused=DESK - OFFICER,
        write_refused=DESK - OFFICER,
    ),
    "applications:put_letter_in": Row(
        OFFICER,
        OFFICER,
        {"reference": "letter.reference"},
        refused=DESK - OFFICER,
        write_refused=DESK - OFFICER,
    ),
    "applications:letter_file": Row(NOBODY, names={"reference": "letter.reference"}),
    "review:assignments": Row(ALL),
    "review:invitation": Row(REVIEWER, REVIEWER, {"reference": "invitation.reference"}),
    "review:assignment": Row(REVIEWER, REVIEWER, {"reference": "accepted.reference"}),
    "review:names": Row(REVIEWER, REVIEWER, {"reference": "accepted.reviewer.reference"}),
    "review:declared_names": Row(REVIEWER, REVIEWER, {"reference": "accepted.reviewer.reference"}),
    "review:draft": Row(REVIEWER, REVIEWER, {"reference": "accepted.reference"}),
    "review:answer": Row(REVIEWER, REVIEWER, {"reference": "assignment.reference"}),
    "review:document": Row(
        NOBODY,
        names={"reference": "assignment.reference", "file_reference": "=NONESUCH"},
        refused=REVIEWER,
    ),
    "review:rebuttal": Row(APPLICANT, APPLICANT, {"reference": "rebuttal.reference"}),
    "review:rebuttal_draft": Row(APPLICANT, APPLICANT, {"reference": "rebuttal.reference"}),
    "review:answers": Row(
        DESK, OFFICER, {"reference": "rebuttal.step.call.reference"}, write_refused=DESK - OFFICER
    ),
    "interviews:listening": Row(ALL),
    "interviews:interview": Row(APPLICANT, APPLICANT, {"reference": "interview.reference"}),
    "interviews:call_interviews": desk(writes=OFFICER, call="reviewing"),
    "interviews:interview_time": Row(
        DESK,
        OFFICER,
        {"reference": "hour.step.call.reference", "time": "hour.reference"},
        write_refused=DESK - OFFICER,
    ),
    "interviews:settle_interview": Row(
        DESK,
        OFFICER,
        {"reference": "hour.step.call.reference", "interview": "interview.reference"},
        write_refused=DESK - OFFICER,
    ),
    "hosting:candidates": Row(ALL),
    "hosting:candidate": Row(OF_HOST, OF_HOST, {"host": "=USTC", "reference": "named.reference"}),
    "hosting:document": Row(
        NOBODY,
        names={"host": "=USTC", "reference": "named.reference", "file_reference": "=NONESUCH"},
    ),
    "hosting:answers": desk(call="reviewing"),
    "hosting:record_answer": desk(
        writes=OFFICER, call="reviewing", host="=USTC", number="named.number"
    ),
    "review:export_reviewers": desk(call="reviewing", kind="=xlsx"),
    "review:asked": Row(EVERYBODY, EVERYBODY, {"token": "asked_token"}),
    "review:accept_asked": Row(ALL, frozenset({"stranger"}), {"token": "asked_token"}),
    "review:own_asked": Row(frozenset({"stranger"}), names={"reference": "asked.reference"}),
    "review:candidates": desk(OFFICER, OFFICER, call="reviewing"),
    "review:invite": desk(OFFICER, OFFICER, call="reviewing"),
    "review:asked_one": desk(writes=OFFICER, call="reviewing", invitation="asked.reference"),
    "review:reviewers": desk(writes=OFFICER, call="reviewing"),
    "review:call_assignments": desk(writes=OFFICER, call="reviewing"),
    "review:propose": desk(OFFICER, OFFICER, call="reviewing"),
    "review:drop_proposal": desk(NOBODY, OFFICER, call="reviewing", proposal="awaited.reference"),
    "review:assign_proposed": desk(
        NOBODY, OFFICER, call="reviewing", proposal="proposed.reference"
    ),
    "review:application_assignments": desk(
        writes=OFFICER, call="reviewing", number="assignment.application.number"
    ),
    "decisions:ranking": desk(call="ended"),
    "decisions:act": desk(NOBODY, OFFICER, call="reviewing"),
    "decisions:beside_reviews": desk(writes=DESK_OF_CALL, call="reviewing"),
    "decisions:run": desk(call="ended", number="=1"),
    "decisions:record": desk(call="ended", number="=1"),
    "decisions:draw": desk(call="ended", number="=1"),
    "decisions:public_draw": Row(EVERYBODY, names={"slug": "ended.slug"}),
    "decisions:why": desk(call="ended", number="=1", application="decided.number"),
    "decisions:decisions": desk(call="ended"),
    # Everything was read and passed on before it was released.
    "decisions:pass_words_on": Row(
        NOBODY, OFFICER, {"reference": "ended.reference"}, write_refused=DESK - OFFICER
    ),
    "decisions:release": Row(
        NOBODY, NOBODY, {"reference": "ended.reference"}, refused=DESK, write_refused=DESK
    ),
    "awards:outcome": Row(APPLICANT, names={"reference": "decided.reference"}),
    "awards:accept": Row(APPLICANT, APPLICANT, {"reference": "offer.reference"}),
    "awards:decline": Row(APPLICANT, APPLICANT, {"reference": "offer.reference"}),
    "awards:offer": Row(APPLICANT, names={"reference": "offer.reference"}),
    "awards:letter": Row(APPLICANT, names={"reference": "offer.reference"}),
    "awards:letter_by_link": Row(EVERYBODY, names={"token": "offer_token"}),
    "awards:letter_check": Row(EVERYBODY, names={"code": "offer.reference"}),
    "awards:desk_letter": Row(OFFICER, names={"reference": "offer.reference"}, refused=DESK),
    "awards:details": desk(OFFICER, OFFICER, call="ended"),
    "awards:by_link": Row(EVERYBODY, EVERYBODY, {"token": "offer_token"}),
    # The fellowship names nobody, so that there is nothing to choose.
    "awards:naming": Row(NOBODY, NOBODY, {"reference": "offer.reference"}, write_refused=APPLICANT),
    "awards:register": Row(NOBODY, NOBODY, {"reference": "ended.reference"}, DESK, DESK),
    "awards:picture": Row(NOBODY, names={"reference": "=none"}),
    "awards:own_picture": Row(
        APPLICANT | OFFICER,
        names={"reference": "offer.reference"},
        write_refused=APPLICANT | OFFICER,
    ),
    "awards:wall": Row(EVERYBODY, names={"code": "=prize"}),
    "awards:keep_wall": Row(OFFICER, OFFICER, {"code": "=prize"}, EVERYBODY, EVERYBODY),
    "awards:results": Row(EVERYBODY, names={"slug": "ended.slug"}),
    "awards:results_csv": Row(EVERYBODY, names={"slug": "ended.slug"}),
    "awards:results_json": Row(EVERYBODY, names={"slug": "ended.slug"}),
    "awards:settle": Row(
        OFFICER, OFFICER, {"reference": "offer.reference", "deed": "=extend"}, DESK, DESK
    ),
    "awards:correct": Row(OFFICER, OFFICER, {"reference": "offer.decision.reference"}, DESK, DESK),
    "awards:offers": desk(writes=OFFICER, call="ended"),
    "matching:matches": Row(SEEKING, names=ASKING),
    "matching:shortlist": Row(SEEKING, names=ASKING),
    "matching:ask": Row(SEEKING, SEEKING, ASKING | {"number": "free.number"}),
    "matching:deed": Row(
        ASKED,
        ASKED,
        {"reference": "request.reference", "name": "=accept"},
        DESK | SEEKING,
        DESK | SEEKING,
    ),
    "matching:desk": desk(call="request.asking.call"),
    "matching:record": desk(call="request.asking.call"),
    "decisions:ask_review": Row(APPLICANT, APPLICANT, {"reference": "decided.reference"}),
    "decisions:appeals": desk(call="ended"),
    "decisions:appeal": Row(DESK, OFFICER, {"reference": "appeal.reference"}, write_refused=DESK),
    "decisions:appeal_file": Row(NOBODY, names={"reference": "appeal.reference"}),
    "site:home": Row(EVERYBODY),
    "site:todo": Row(ALL),
    "site:name": Row(ALL, ALL),
    "site:desk": Row(DESK | SECRETARIAT, refused=EVERYBODY),
    "site:person": Row(
        DESK,
        names={"reference": "submitted.applicant.reference"},
    ),
    "site:merge": Row(
        OFFICER,
        OFFICER,
        {"reference": "merge.kept.reference"},
        refused=DESK - OFFICER,
        write_refused=DESK - OFFICER,
    ),
    "site:undo_merge": Row(
        NOBODY,
        OFFICER,
        {"reference": "merge.kept.reference", "pk": "merge.reference"},
        write_refused=DESK - OFFICER,
    ),
    "site:find": Row(ALL),
    "site:call": desk(),
    "site:privacy": Row(EVERYBODY),
    "site:accessibility": Row(EVERYBODY),
    "site:robots": Row(EVERYBODY),
    "site:favicon": Row(EVERYBODY),
    "site:healthz": Row(EVERYBODY),
}
# The sign-in library's own addresses: tested by it; ours is only that no role sees an error of the
# program.
LIBRARY = ("account_", "mfa_", "socialaccount_", "orcid_", "openid_connect_", "None")


def addresses(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """The names of all addresses, with their namespaces."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}"


def value_of(world: World, path: str) -> str:
    """``=word`` is the word itself; otherwise a path of attributes from the world."""
    if path.startswith("="):
        return path[1:]
    found: object = world
    for part in path.split("."):
        found = (
            _special(world, part)
            if found is world and not hasattr(world, part)
            else getattr(found, part)
        )
    return str(found)


def _special(world: World, name: str) -> object:
    return {
        "member": Membership.objects.get(number=1).organisation,
        "letter": world.draft.letters.order_by("id").first(),
        "view": world.open.export_views.first(),
        "held": world.mailing.letters.order_by("id").first(),
    }[name]


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    ours = {name for name in addresses(get_resolver()) if not name.startswith(LIBRARY)}
    assert ours - TABLE.keys() == set(), "addresses without a row"
    assert TABLE.keys() - ours == set(), "rows without an address"


def test_every_address_that_takes_something_has_a_valid_request_and_no_other() -> None:
    takes = {name for name, row in TABLE.items() if row.writes}
    assert takes - VALID.keys() == set(), "give tests/journeys/bodies.py a request that is valid"
    assert VALID.keys() - takes == set(), "a request for an address that takes nothing"


@pytest.mark.slow
@pytest.mark.django_db
def test_every_role_gets_from_every_address_what_the_table_says(settings: Any) -> None:
    settings.DEMONSTRATION = True
    world = make_world()
    Account.objects.update(language="ar")
    names, surprises, english = names_in_the_world(), [], set()
    led_to: dict[str, dict[str, str]] = {role: {} for role in EVERYBODY}
    clients = {role: _client_of(role, world) for role in sorted(EVERYBODY)}
    for name, row in TABLE.items():
        url = reverse(name, kwargs={key: value_of(world, path) for key, path in row.names.items()})
        try:
            sent = _request_for(name, row, url, world, clients)
        except (AssertionError, ParserError) as fault:
            surprises.append(f"{name} has no valid request: {fault}")
            continue
        for role, client in clients.items():
            page = client.get(url)
            # The guide shows components: their words are English, their links are of others.
            if not name.startswith(GUIDE):
                if name not in IN_EACH_LANGUAGE:
                    english |= {f"{name}: {words}" for words in english_in(page, names)}
                english |= {f"{name}: the code {code}" for code in codes_in(page)}
                led_to[role] |= _refused_by_the_table(page, role)
            read = _status(page)
            if not _fits(read, role, row.reads, row.refused):
                surprises.append(f"GET {name} as {role}: {read}")
            page, has_changed = _carried_out_and_taken_back(client, sent)
            english |= {f"{name}: {words}" for words in english_in(page, names)}
            surprises += [
                f"POST {name} as {role}: {_status(page)} {said}"
                for said in _wrong_about(page, has_changed, name, row, role)
            ]
    surprises += _refusals_that_pages_lead_to(led_to, clients)
    assert not surprises, "\n".join(surprises)
    assert not english, "\n".join(sorted(english))


def _client_of(role: str, world: World) -> Client:
    client = Client(raise_request_exception=False)
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "ar"
    if role != "anonymous":
        client.force_login(world.cast[role])
    return client


def _refused_by_the_table(page: Any, role: str) -> dict[str, str]:
    """By name, one address of each sort that a page leads to and that the table keeps from the
    role: where it is of another object, it may be theirs after all.
    """
    if page.streaming or page.status_code != HTTPStatus.OK:
        return {}
    urls = {unescape(each) for each in LINKS.findall(page.content.decode())}
    found = {}
    for url in sorted(urls):
        with suppress(Resolver404):
            name = resolve(url.partition("?")[0]).view_name
            if name in TABLE and role not in TABLE[name].reads:
                found[name] = url
    return found


def _refusals_that_pages_lead_to(
    led_to: dict[str, dict[str, str]], clients: dict[str, Client]
) -> Iterator[str]:
    for role, client in clients.items():
        for name, url in led_to[role].items():
            status = _status(client.get(url))
            if status in KEPT_OUT:
                yield f"a page leads {role} to {name}, which answers {status}: {url}"


def _request_for(
    name: str, row: Row, url: str, world: World, clients: dict[str, Client]
) -> dict[str, Any]:
    """What is sent by every role: a valid request where the address takes one."""
    if not row.writes:
        return {"path": url}
    return VALID[name].request(world, url, clients[min(row.writes)])


def _carried_out_and_taken_back(client: Client, sent: dict[str, Any]) -> tuple[Any, bool]:
    """The answer to a request, and whether it changed anything; the world stays as it was."""
    here, before, cookies = transaction.savepoint(), rows_written(), deepcopy(client.cookies)
    page = client.post(**sent)
    has_changed = rows_written() != before
    transaction.savepoint_rollback(here)
    client.cookies = cookies
    return page, has_changed


def _wrong_about(page: Any, has_changed: bool, name: str, row: Row, role: str) -> Iterator[str]:
    """What is not as the table says: who may is not answered that it is done, or nothing became of
    it; who may not is answered so, or something did.
    """
    status = _status(page)
    if role in row.writes:
        if status not in DONE or _is_asked_to_sign_in(page):
            yield "although they may"
        elif has_changed == (role in VALID[name].keeps):
            yield "and nothing changed" if not has_changed else "and something changed"
        return
    if has_changed:
        yield "and something changed although they may not"
    is_kept_out = status in KEPT_OUT or (role == "anonymous" and _is_asked_to_sign_in(page))
    if not is_kept_out and not (role in row.write_refused and status in row.told):
        yield "although they may not"


def _is_asked_to_sign_in(page: Any) -> bool:
    return bool(page.status_code == 401 or page.get("Location", "").startswith(SIGN_IN))


def _status(response: Any) -> int:
    """The status of an answer; a file is read to its end, which closes it."""
    if response.streaming:
        b"".join(response)
    return int(response.status_code)


def _fits(status: int, role: str, allowed: frozenset[str], refused: frozenset[str]) -> bool:
    if role in allowed:
        return status in INSIDE
    if role == "anonymous":
        return status in (302, 401, 403, 404, 405)
    return status in (403, 404, 405) if role in refused else status in (404, 405)
