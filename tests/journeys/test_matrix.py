"""Every address × every role × read and write: who gets in, who is told why not, and for whom the
page does not exist.

The table is exhaustive: an address without a row fails the test, and so does a row without an
address. Everybody reads Arabic, so that a sentence left in English is found on every page, and on
every page that says no.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from anso.accounts.models import Account
from anso.audit.models import Entry
from anso.governance.models import Membership
from tests.journeys.reading import english_in, names_in_the_world
from tests.journeys.world import World, make_world

ALL = frozenset({
    "applicant", "co_applicant", "referee", "reviewer", "conflicted_reviewer", "panel_chair",
    "programme_officer", "members_delegate",
    "board_member", "regional_officer", "auditor", "stranger",
})  # fmt: skip
EVERYBODY = ALL | {"anonymous"}
NOBODY: frozenset[str] = frozenset()
OFFICER = frozenset({"programme_officer"})
SECRETARIAT = OFFICER | {"regional_officer"}
DESK = OFFICER | {"panel_chair", "auditor"}
AUDITOR = frozenset({"auditor"})
APPLICANT = frozenset({"applicant"})
REVIEWER = frozenset({"reviewer"})
GUIDE = "ui:"  # the living style guide is written in English
INSIDE = (200, 201, 204, 302, 400, 405, 409, 422)


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


def desk(
    reads: frozenset[str] = DESK, writes: frozenset[str] = OFFICER, call: str = "open", **names: str
) -> Row:
    """A staff page of a call: its officers, chair and auditors see it, its officers act on it, the
    others there are told why not.
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
    "accounts:second_factor": Row(ALL, ALL),
    "accounts:play": Row(EVERYBODY, EVERYBODY, {"role": "=stranger"}),
    "ui:guide": Row(EVERYBODY),
    "ui:colours": Row(EVERYBODY),
    "ui:component": Row(EVERYBODY, names={"name": "=steps"}),
    "files:uploads": Row(NOBODY, EVERYBODY),
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
        SECRETARIAT, names={"reference": "message.reference"}, refused=EVERYBODY
    ),
    "governance:members": Row(EVERYBODY),
    "governance:member": Row(EVERYBODY, names={"reference": "member.reference"}),
    "governance:bodies": Row(EVERYBODY),
    "governance:body": Row(EVERYBODY, names={"code": "=audit"}),
    "calls:list": Row(EVERYBODY),
    "calls:call": Row(EVERYBODY, names={"slug": "open.slug"}),
    "calls:check": Row(EVERYBODY, EVERYBODY, {"slug": "open.slug"}),
    "calls:check_result": Row(EVERYBODY, names={"slug": "open.slug"}),
    "calls:terms": Row(EVERYBODY, names={"slug": "open.slug"}),
    "calls:create": Row(OFFICER, OFFICER, refused=EVERYBODY, write_refused=EVERYBODY),
    "calls:edit": desk(),
    "calls:timeline": desk(),
    "calls:outcome": desk(),
    "calls:rubric": desk(),
    "calls:questions": desk(),
    "calls:questions_of": desk(purpose="=application"),
    "calls:question_changes": desk(OFFICER, purpose="=application"),
    "calls:question": desk(purpose="=application", key="=title"),
    "calls:people": desk(OFFICER),
    "calls:publish": desk(OFFICER),
    "calls:extension": desk(OFFICER),
    "calls:end": desk(OFFICER),
    "applications:list": Row(ALL),
    "applications:start": Row(ALL, ALL, {"slug": "open.slug"}),
    "applications:document": Row(
        frozenset({"co_applicant"}) | OFFICER, names={"reference": "document.reference"}
    ),
    "applications:detail": Row(APPLICANT, names={"reference": "draft.reference"}),
    "applications:eligibility": Row(APPLICANT, names={"reference": "draft.reference"}),
    "applications:section": Row(
        APPLICANT, APPLICANT, {"reference": "draft.reference", "section": "=proposal"}
    ),
    "applications:save": Row(APPLICANT, APPLICANT, {"reference": "draft.reference"}),
    "applications:own_letter": Row(frozenset({"referee"}), names={"reference": "letter.reference"}),
    "applications:letters": Row(APPLICANT, APPLICANT, {"reference": "draft.reference"}),
    "applications:check": Row(APPLICANT, names={"reference": "draft.reference"}),
    "applications:submit": Row(APPLICANT, APPLICANT, {"reference": "draft.reference"}),
    "applications:receipt": Row(
        frozenset({"co_applicant"}), names={"reference": "submitted.reference"}
    ),
    "applications:receipt_pdf": Row(
        NOBODY, names={"reference": "submitted.reference", "version": "=1"}
    ),
    "applications:withdraw": Row(APPLICANT, APPLICANT, {"reference": "draft.reference"}),
    "applications:letter": Row(EVERYBODY, EVERYBODY, {"token": "letter_token"}),
    "applications:save_letter": Row(EVERYBODY, EVERYBODY, {"token": "letter_token"}),
    "applications:table": desk(),
    "applications:export_csv": desk(),
    "applications:export_xlsx": desk(),
    "applications:screening": desk(),
    "applications:desk_detail": Row(DESK, names={"reference": "submitted.reference"}),
    "applications:screen_one": Row(
        DESK, OFFICER, {"reference": "submitted.reference"}, write_refused=DESK
    ),
    "applications:letter_file": Row(NOBODY, names={"reference": "letter.reference"}),
    "review:assignments": Row(ALL),
    "review:invitation": Row(REVIEWER, REVIEWER, {"reference": "invitation.reference"}),
    "review:assignment": Row(REVIEWER, REVIEWER, {"reference": "assignment.reference"}),
    "review:draft": Row(
        REVIEWER, REVIEWER, {"reference": "assignment.reference"}, write_refused=REVIEWER
    ),
    "review:answer": Row(REVIEWER, REVIEWER, {"reference": "assignment.reference"}),
    "review:document": Row(
        NOBODY,
        names={"reference": "assignment.reference", "file_reference": "=NONESUCH"},
        refused=REVIEWER,
    ),
    "review:reviewers": desk(call="reviewing"),
    "review:call_assignments": desk(call="reviewing"),
    "review:propose": desk(OFFICER, call="reviewing"),
    "review:application_assignments": desk(
        call="reviewing", number="assignment.application.number"
    ),
    "decisions:ranking": desk(call="ended"),
    "decisions:act": desk(call="ended"),
    "decisions:run": desk(call="ended", number="=1"),
    "decisions:record": desk(call="ended", number="=1"),
    "decisions:draw": desk(call="ended", number="=1"),
    "decisions:public_draw": Row(EVERYBODY, names={"slug": "ended.slug"}),
    "decisions:why": desk(call="ended", number="=1", application="decided.number"),
    "decisions:decisions": desk(call="ended"),
    "decisions:release": Row(
        NOBODY, NOBODY, {"reference": "ended.reference"}, refused=DESK, write_refused=DESK
    ),
    "awards:outcome": Row(APPLICANT, names={"reference": "decided.reference"}),
    "awards:accept": Row(APPLICANT, APPLICANT, {"reference": "offer.reference"}),
    "awards:decline": Row(APPLICANT, APPLICANT, {"reference": "offer.reference"}),
    "awards:offers": desk(call="ended"),
    "site:home": Row(EVERYBODY),
    "site:todo": Row(ALL),
    "site:desk": Row(DESK, refused=EVERYBODY),
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
    }[name]


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    ours = {name for name in addresses(get_resolver()) if not name.startswith(LIBRARY)}
    assert ours - TABLE.keys() == set(), "addresses without a row"
    assert TABLE.keys() - ours == set(), "rows without an address"


@pytest.mark.django_db
def test_every_role_gets_from_every_address_what_the_table_says(settings: Any) -> None:
    settings.DEMONSTRATION = True
    world = make_world()
    Account.objects.update(language="ar")
    names, surprises, english = names_in_the_world(), [], set()
    for name, row in TABLE.items():
        url = reverse(name, kwargs={key: value_of(world, path) for key, path in row.names.items()})
        for role in sorted(EVERYBODY):
            client = Client(raise_request_exception=False)
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
            if role != "anonymous":
                client.force_login(world.cast[role])
            page = client.get(url)
            if not name.startswith(GUIDE):
                english |= {f"{name}: {words}" for words in english_in(page, names)}
            read = _status(page)
            if not _fits(read, role, row.reads, row.refused):
                surprises.append(f"GET {name} as {role}: {read}")
            if role not in row.writes:  # writing as those who may is what the journeys do
                before = Entry.objects.count()
                page = client.post(url)
                english |= {f"{name}: {words}" for words in english_in(page, names)}
                written = _status(page)
                if (
                    not _is_kept_out(written, role, row.write_refused)
                    or Entry.objects.count() != before
                ):
                    surprises.append(f"POST {name} as {role}: {written}")
    assert not surprises, "\n".join(surprises)
    assert not english, "\n".join(sorted(english))


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


def _is_kept_out(status: int, role: str, refused: frozenset[str]) -> bool:
    """The page does not exist for them, they were told why not, or they were asked to sign in
    first.

    Those who may look but not act may also be shown the page again.
    """
    if status in (400, 401, 403, 404, 405, 409):
        return True
    return (status == 302 and role == "anonymous") or (status in (302, 422) and role in refused)
