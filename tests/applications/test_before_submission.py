"""What an application is before it was submitted, to everybody but its author: nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from anso.applications.actions import ask_letters
from anso.applications.actions.list_columns import list_columns
from anso.applications.models import Application, Letter
from anso.applications.queries.eligibility import judge_submission
from anso.applications.queries.letters import submitted_letter_statuses
from anso.applications.queries.readers import answers_visible_to, audiences_of
from anso.applications.wording import status_in_words
from anso.calls.actions import name_body
from anso.calls.enums import BodyFunction
from anso.calls.queries import bodies_of, calls_confirmed_by
from anso.kernel.errors import BadInput
from anso.review.actions import make_dossier
from tests.cast import Cast
from tests.factories.applications import (
    NOW,
    make_application,
    make_submitted_application,
)
from tests.factories.calls import make_call, step_of
from tests.factories.governance import make_body

pytestmark = pytest.mark.django_db


def test_a_draft_is_not_judged_has_no_dossier_and_no_writers(cast: Cast) -> None:
    draft = make_application(applicant=cast.applicant)
    with pytest.raises(BadInput, match="not submitted"):
        judge_submission(draft)
    with pytest.raises(BadInput, match="not submitted"):
        make_dossier(
            actor=cast.programme_officer,
            application=draft,
            step=step_of(draft.call, "review"),
            now=NOW,
        )
    assert submitted_letter_statuses(draft) == []


def test_applicants_read_all_of_their_submission_and_nobody_reads_nothing(cast: Cast) -> None:
    application = make_submitted_application(applicant=cast.applicant)
    submission = application.submission
    assert submission is not None
    read = answers_visible_to(cast.applicant, submission, NOW)
    assert read.answers == submission.answers
    assert audiences_of(None, application.call, NOW) == frozenset()
    assert audiences_of(AnonymousUser(), application.call, NOW) == frozenset()  # type: ignore[arg-type]
    assert not calls_confirmed_by(AnonymousUser(), NOW).exists()  # type: ignore[arg-type]


def test_letters_named_too_late_are_not_asked_for(cast: Cast) -> None:
    application = make_submitted_application(applicant=cast.applicant)
    Letter.objects.all().delete()
    late = application.call.closes_at + dt.timedelta(days=40)
    assert ask_letters(application=application, actor=cast.applicant, now=late) == []
    assert not Letter.objects.exists()


def test_a_code_that_does_not_fit_its_column_is_refused_and_not_cut() -> None:
    with pytest.raises(BadInput, match="1 too many"):
        list_columns({"category": "x" * 61}, name="Amina", number="F27-00001", email="")


def test_a_call_without_a_day_for_results_promises_none(cast: Cast) -> None:
    application = make_submitted_application(applicant=cast.applicant)
    Application.objects.filter(pk=application.pk).update(state="eligible", screened_at=NOW)
    application.refresh_from_db()
    application.call.steps.filter(block__in=("release", "decision")).delete()
    words = status_in_words(application, application.call.closes_at + dt.timedelta(days=30))
    assert "hears" not in words
    assert "Now:" in words


def test_naming_the_same_panel_again_changes_nothing(cast: Cast, now: dt.datetime) -> None:
    panel = make_body("panel")
    call = make_call(state="draft", officer=cast.programme_officer, panel=panel)
    officer = cast.programme_officer
    facts = {"function": BodyFunction.PANEL, "body": panel, "actor": officer, "now": now}
    name_body(call=call, base_revision=0, **facts)
    call.refresh_from_db()
    assert bodies_of(call) == {"panel": panel}
    assert call.revision == 0
