"""Words that officers gave to letters before, with which further letters begin."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model

from anso.audit.queries import type_label
from anso.kernel.registers import Register
from anso.notifications.models import Mailing

Words = Mapping[str, Mapping[str, Mapping[str, str]]]
# As what something began, by its type: an app above knows it.
EARLIER: Register[Callable[[Any], Model | None]] = Register("what something began as")


def latest_words(context: Model) -> Words | None:
    """The words of the latest letters of a call, body or house; None where there were none."""
    found = Mailing.objects.filter(context_type=type_label(context), context_id=context.pk)
    return found.order_by("-prepared_at", "-id").values_list("texts", flat=True).first()


def begun_as(context: Model) -> Model | None:
    """The one as which it began; None where it began as none."""
    find = EARLIER.get(type_label(context))
    return find(context) if find else None
