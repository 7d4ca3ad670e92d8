"""A form of an object that is no call: a body asks its members for a yearly report. The app that
asks brings two rows of its own and nothing else; versions, drafts in two tabs and what was
submitted are the engine's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps

from anso.governance.models import Body
from anso.kernel.canonical import canonical_json, content_hash
from anso.kernel.questions import Form, Limit, Meaning, Question, Section
from anso.kernel.wording import Text
from anso.questionnaires.actions import freeze_answers, save_drafted_answers
from anso.questionnaires.models import DraftedAnswers, FormVersion, FrozenAnswers
from anso.questionnaires.queries import form_of, latest_version, owned_by, versions_of
from tests.factories.calls import make_call
from tests.factories.governance import make_body

pytestmark = pytest.mark.django_db
LABEL = Text({"en": "Report", "ar": "تقرير"})
TITLE = Question("heading", "text", LABEL, means=(Meaning.TITLE,))
WORDS = Question("account", "longtext", LABEL, limit=Limit.of("words", most=3))
HIDDEN = Question("money", "number", LABEL, required=False)
FORM = Form((Section("report", LABEL, (TITLE, WORDS, HIDDEN)),), label=LABEL)


@pytest.fixture
def models_of_an_app() -> Iterator[tuple[Any, Any]]:
    """What an app without a call would declare: a report that is written, and one handed in."""
    with isolate_apps("anso.questionnaires"):

        class Report(DraftedAnswers):
            body = models.ForeignKey(Body, on_delete=models.DO_NOTHING, related_name="+")

            class Meta:
                app_label = "questionnaires"

        class HandedIn(FrozenAnswers):
            form_version = models.ForeignKey(
                FormVersion, on_delete=models.DO_NOTHING, related_name="+"
            )

            class Meta:
                app_label = "questionnaires"

        with connection.schema_editor() as editor:
            editor.create_model(Report)
            editor.create_model(HandedIn)
        yield Report, HandedIn


def ask(owner: Any, number: int, form: Form, now: dt.datetime, *, is_open: bool = True) -> Any:
    return FormVersion.objects.create(
        **owned_by(owner),
        purpose="report",
        number=number,
        definition=form.to_dict(),
        sha256=form.hash,
        created_at=now,
        published_at=now if is_open else None,
    )


def test_each_owner_has_versions_of_its_own(now: dt.datetime) -> None:
    body, other = make_body("board"), make_body("board")
    call = make_call()
    first = ask(body, 1, FORM, now)
    waiting = ask(body, 2, Form(FORM.sections[:1]), now, is_open=False)
    ask(other, 1, FORM, now)
    assert list(versions_of(body).order_by("number")) == [first, waiting]
    assert latest_version(body, "report", is_published=True) == first
    assert latest_version(body, "report", is_published=False) == waiting
    assert latest_version(body, "application", is_published=False) is None
    assert not versions_of(call).filter(purpose="report").exists()
    assert form_of(first).label == LABEL


def test_a_report_is_drafted_in_two_tabs_and_frozen_without_a_call(
    models_of_an_app: tuple[Any, Any], now: dt.datetime
) -> None:
    reports, handed_in = models_of_an_app
    body = make_body("board")
    version = ask(body, 1, FORM, now)
    report = reports.objects.create(body=body)

    def save(base: int, **fields: Any) -> Any:
        locked = reports.objects.select_for_update().get(pk=report.pk)
        return save_drafted_answers(
            drafted=locked, form=FORM, fields=fields, base_revision=base, now=now
        )

    first = save(0, heading="Year one", account="more than three words", stray="x")
    assert list(first.errors) == ["account"]
    late = save(0, heading="Year two", money="12")
    assert late.merge.disputed["heading"].theirs == "Year one"
    kept = reports.objects.get()
    assert kept.answers == {
        "heading": "Year one",
        "account": "more than three words",
        "money": "12",
    }
    assert (kept.revision, kept.revisions["money"], kept.saved_at) == (2, 2, now)

    frozen = freeze_answers(version, kept.answers, {"of": body.code, "at": now})
    given = handed_in.objects.create(
        form_version=version, body=frozen.body, sha256=frozen.sha256, submitted_at=now
    )
    save(2, heading="Changed after it was handed in")
    read = handed_in.objects.get(pk=given.pk)
    assert read.answers["heading"] == "Year one"
    assert read.facts == {"title": "Year one"}
    assert read.body["form"] == {"number": 1, "sha256": FORM.hash}
    assert content_hash(read.body) == read.sha256
    assert canonical_json(read.body) == canonical_json(frozen.body)
