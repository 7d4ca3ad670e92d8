"""The walk of one answer that the documents tell is the walk that it takes."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import FrameType

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.factories.applications import make_application
from tests.factories.calls import make_call

pytestmark = pytest.mark.django_db
PAGE = Path(__file__).parents[2] / "docs/one-answer.md"
STEP = re.compile(r"^\| (\d+) \| `([\w.]+)` \|", re.MULTILINE)
AT_MOST = 10


def test_an_answer_goes_from_the_browser_to_the_database_as_the_document_tells(
    cast: Cast, client: Client
) -> None:
    told = [f"anso.{name}" for _number, name in STEP.findall(PAGE.read_text())]
    application = make_application(make_call(), applicant=cast.applicant)
    client.force_login(cast.applicant)
    entered: list[str] = []

    def watch(frame: FrameType, event: str, _value: object) -> None:
        if event == "call":
            module = frame.f_globals.get("__name__", "")
            entered.append(f"{module}.{frame.f_code.co_qualname}")

    sys.setprofile(watch)
    try:
        client.post(
            reverse("applications:save", args=[application.reference]),
            {"fields": {"title": "Rust in wheat"}, "base": application.revision, "token": "t1"},
            content_type="application/json",
        )
    finally:
        sys.setprofile(None)
    application.refresh_from_db()
    assert application.answers["title"]["value"] == "Rust in wheat"
    assert 0 < len(told) <= AT_MOST
    walked = [name for name in dict.fromkeys(entered) if name in told]
    assert walked == told
