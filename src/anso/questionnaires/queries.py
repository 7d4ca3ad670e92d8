"""Reading forms: the versions of an owner's forms, and the form of a version."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet

from anso.audit.queries import type_label
from anso.database import Prepared
from anso.kernel.questions import Form
from anso.questionnaires.models import FormVersion

KEPT = 256
_forms: dict[str, Form] = {}


def owned_by(owner: Model) -> dict[str, Any]:
    """The columns by which a version names its owner."""
    return {"owner_type": type_label(owner), "owner_id": owner.pk}


def versions_of(owner: Model) -> QuerySet[FormVersion]:
    """All versions of all forms that an object asks."""
    return FormVersion.objects.filter(**owned_by(owner))


def _latest(owner_type: str, owner_id: int, purpose: str) -> QuerySet[FormVersion]:
    found = FormVersion.objects.filter(owner_type=owner_type, owner_id=owner_id, purpose=purpose)
    return found.order_by("-number")


LATEST = Prepared("latest_version", lambda *owned: _latest(*owned)[:1], str, int, str)
LATEST_PUBLISHED = Prepared(
    "latest_published_version",
    lambda *owned: _latest(*owned).filter(published_at__isnull=False)[:1],
    str,
    int,
    str,
)


def latest_version(owner: Model, purpose: str, *, is_published: bool) -> FormVersion | None:
    """The latest version of one form, or the latest that was published; None without one."""
    asked = LATEST_PUBLISHED if is_published else LATEST
    return asked.first(*owned_by(owner).values(), purpose)


def form_of(version: FormVersion) -> Form:
    """The form of a version, read once per content and kept in memory."""
    if version.sha256 not in _forms:
        if len(_forms) >= KEPT:
            # All at once and not the oldest first: it happens rarely, and what is in use is read
            # again at its next request.
            _forms.clear()
        _forms[version.sha256] = Form.from_dict(version.definition)
    return _forms[version.sha256]
