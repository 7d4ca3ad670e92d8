"""A refusal says why, a stale act asks to look again, and times are shown where the browser lives."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.test import Client, RequestFactory

from anso.calls.models import Call
from anso.kernel.lifecycle import StaleTransition
from anso.site.middleware import RefusalMiddleware, browser_zone
from tests.cast import Cast
from tests.factories.calls import make_call


@pytest.mark.parametrize(
    ("cookie", "zone"),
    [("", "UTC"), ("Africa%2FNairobi", "Africa/Nairobi"), ("Asia/Kathmandu", "Asia/Kathmandu"), ("../etc", "UTC"), ("x" * 500, "UTC")],
)
def test_the_zone_of_the_browser_is_believed_only_when_there_is_such_a_zone(cookie: str, zone: str) -> None:
    request = RequestFactory().get("/")
    request.COOKIES["zone"] = cookie
    assert browser_zone(request) == ZoneInfo(zone)


@pytest.mark.django_db
def test_a_refused_act_names_its_reasons(client: Client, cast: Cast, settings: object, now: dt.datetime) -> None:
    settings.DEMONSTRATION = True  # type: ignore[attr-defined]  # the cast has no second factor
    call = make_call(officer=cast.programme_officer)
    client.force_login(cast.auditor)
    answer = client.post(f"/desk/calls/{call.reference}/seats/", {"offer_days": "9"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "This cannot be done" in page
    assert "Only the programme officers of this call may do this." in page
    assert Call.objects.get(pk=call.pk).design == call.design


@pytest.mark.django_db
def test_a_stale_act_answers_409_and_other_mistakes_pass_on(client: Client) -> None:
    request = client.get("/").wsgi_request
    middleware = RefusalMiddleware(lambda _request: None)  # type: ignore[arg-type,return-value]  # is not called here
    answer = middleware.process_exception(request, StaleTransition("call", "cancel_call", "cancelled"))
    assert answer is not None
    assert answer.status_code == 409
    assert "Somebody was faster" in answer.content.decode()
    assert middleware.process_exception(request, ValueError()) is None
