"""A refusal says why, a stale act asks to look again, and times are shown where the browser
lives.
"""

from __future__ import annotations

import datetime as dt
import io
from zoneinfo import ZoneInfo

import pytest
from django.test import Client, RequestFactory
from django.utils.http import urlencode

from anso.calls.models import Call
from anso.kernel.errors import BadInput, Stale
from anso.kernel.lifecycle import StaleTransition
from anso.kernel.verdict import Refused, refuse
from anso.site.middleware import RefusalMiddleware, browser_zone
from tests.cast import Cast
from tests.factories.calls import make_call


@pytest.mark.parametrize(
    ("cookie", "zone"),
    [
        ("", "UTC"),
        ("Africa%2FNairobi", "Africa/Nairobi"),
        ("Asia/Kathmandu", "Asia/Kathmandu"),
        ("../etc", "UTC"),
        ("x" * 500, "UTC"),
    ],
)
def test_the_zone_of_the_browser_is_believed_only_when_there_is_such_a_zone(
    cookie: str, zone: str
) -> None:
    request = RequestFactory().get("/")
    request.COOKIES["zone"] = cookie
    assert browser_zone(request) == ZoneInfo(zone)


@pytest.mark.django_db
def test_a_refused_act_names_its_reasons(
    client: Client, cast: Cast, settings: object, now: dt.datetime
) -> None:
    settings.DEMONSTRATION = True  # type: ignore[attr-defined]  # the cast has no second factor
    call = make_call(officer=cast.programme_officer)
    client.force_login(cast.auditor)
    answer = client.post(f"/desk/calls/{call.reference}/outcome/", {"offer_days": "9"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "This cannot be done" in page
    assert "Only the programme officers of this call may do this." in page
    assert Call.objects.get(pk=call.pk).design == call.design


@pytest.mark.django_db
def test_a_stale_act_answers_409_and_other_mistakes_pass_on(client: Client) -> None:
    request = client.get("/").wsgi_request
    middleware = RefusalMiddleware(lambda _request: None)  # type: ignore[arg-type,return-value]  # is not called here
    answer = middleware.process_exception(
        request, StaleTransition("call", "cancel_call", "cancelled")
    )
    assert answer is not None
    assert answer.status_code == 409
    assert "Somebody was faster" in answer.content.decode()
    assert middleware.process_exception(request, ValueError()) is None


WORDS = "Four careful paragraphs about groundwater."


@pytest.mark.django_db
def test_a_refused_act_gives_back_what_was_typed(
    client: Client, cast: Cast, settings: object
) -> None:
    settings.DEMONSTRATION = True  # type: ignore[attr-defined]  # the cast has no second factor
    call = make_call(officer=cast.programme_officer)
    client.force_login(cast.auditor)
    answer = client.post(
        f"/desk/calls/{call.reference}/outcome/", {"label-0": WORDS, "offer_days": "9"}
    )
    assert answer.status_code == 403
    assert WORDS in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("exception", "status"),
    [
        (StaleTransition("call", "cancel_call", "cancelled"), 409),
        (Stale("Look again."), 409),
        (BadInput("No."), 422),
        (Refused(refuse("no", "No.")), 403),
    ],
)
def test_every_expected_end_of_an_act_gives_back_what_was_typed(
    client: Client, exception: Exception, status: int
) -> None:
    request = client.post("/calls/", {"because": WORDS}).wsgi_request
    answer = RefusalMiddleware(lambda _request: None).process_exception(request, exception)  # type: ignore[arg-type,return-value]  # as above
    assert answer is not None
    assert answer.status_code == status
    assert WORDS in answer.content.decode()


@pytest.mark.django_db
def test_whoever_was_signed_out_while_typing_gets_the_words_back_and_a_way_in(
    client: Client, cast: Cast
) -> None:
    answer = client.post("/applications/ABCDEFGHJK/withdraw/", {"because": WORDS})
    assert answer.status_code == 401
    page = answer.content.decode()
    assert WORDS in page
    assert "/accounts/login/?next=/applications/ABCDEFGHJK/withdraw/" in page
    assert client.post("/applications/ABCDEFGHJK/withdraw/", {"because": "no"}).status_code == 302
    client.force_login(cast.stranger)
    gone = client.post("/applications/ABCDEFGHJK/withdraw/", {"because": WORDS})
    assert gone.status_code == 404
    assert WORDS in gone.content.decode()


@pytest.mark.django_db
def test_a_form_that_was_opened_too_long_ago_gives_back_what_was_typed(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.stranger)
    answer = client.post("/applications/ABCDEFGHJK/withdraw/", {"because": WORDS})
    assert answer.status_code == 403
    assert WORDS in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["query", "form", "file"])
def test_nul_never_reaches_a_view(client: Client, cast: Cast, how: str) -> None:
    client.force_login(cast.stranger)
    if how == "query":
        assert client.get("/members/?words=a%00b&region=%00").status_code == 200
    else:
        typed: dict[str, object] = {"language": "en", "zone": "Africa/\x00Nairobi"}
        typed |= {"file": io.BytesIO(b"\x00")} if how == "file" else {}
        assert client.post("/accounts/", typed).status_code == 302
        cast.stranger.refresh_from_db()
        assert cast.stranger.zone == "Africa/Nairobi"


@pytest.mark.django_db
def test_what_cannot_be_read_is_answered_in_words(client: Client, cast: Cast) -> None:
    client.force_login(cast.stranger)
    for typed in ({"because": "x" * 6_000_000}, {f"field{n}": "" for n in range(3000)}):
        answer = client.post(
            "/applications/ABCDEFGHJK/withdraw/",
            urlencode(typed),
            content_type="application/x-www-form-urlencoded",
        )
        assert answer.status_code == 400
        assert "far too large" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/calls/", "/nowhere/", "/style/", "/accounts/login/"])
def test_every_answer_forbids_what_is_not_our_own(client: Client, address: str) -> None:
    parts = client.get(address)["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"} <= set(parts)
    assert "unsafe" not in " ".join(parts)
