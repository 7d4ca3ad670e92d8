"""The one place where an application's row is locked; every action that could race goes through it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from anso.applications.models import Application


def locked_applications() -> QuerySet[Application]:
    """Applications whose rows stay locked until the transaction ends; their calls and people are not locked."""
    return Application.objects.select_for_update(of=("self",))


def lock_application(application: Application) -> Application:
    """The application as it is now, locked, with what rules and messages need."""
    return locked_applications().select_related("call__programme", "form_version", "applicant__account").get(pk=application.pk)


def lock_values(application: Application, *names: str, **expressions: Any) -> dict[str, Any]:
    """A few columns of the locked row, without carrying all answers over the line."""
    return Application.objects.select_for_update().values(*names, **expressions).get(pk=application.pk)
