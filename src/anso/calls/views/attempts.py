"""A page of the design that was posted: saved, or drawn again with what was typed, what is wrong,
and both texts where another officer changed the same part meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from anso.calls.models import Call
from anso.kernel.drafts import Disputed
from anso.kernel.errors import ProductError
from anso.ui.drafts import (
    Part,
    PostedDraft,
    draft_base,
    read_draft,
    read_parts,
    shown_parts,
    two_texts_of,
    typed_over,
)
from anso.ui.fields import fields_for
from anso.ui.question_fields import sentence

Faults = tuple[dict[str, str], ...]


@dataclass(frozen=True)
class Attempt:
    """What became of a posted page: what was typed, what is wrong with it, and which of its parts
    somebody else changed meanwhile.
    """

    posted: PostedDraft | None = None
    faults: Faults = ()
    disputed: frozenset[str] = frozenset()

    @property
    def is_saved(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.faults and not self.disputed

    @property
    def status(self) -> int:
        """The status of the page that is drawn after it."""
        if self.disputed:
            return 409
        return 422 if self.faults else 200

    def with_faults(self, more: Iterable[dict[str, str]]) -> Attempt:
        """The same with what else is wrong."""
        return replace(self, faults=(*self.faults, *more))


def try_to_save(
    request: HttpRequest,
    call: Call,
    parts: Iterable[Part],
    save: Callable[[PostedDraft], object],
    place: Callable[[Mapping[str, Any]], str] = lambda _facts: "",
) -> Attempt:
    """Read a posted page and save it; ``place`` names the field beside which a refusal is told."""
    posted = read_draft(read_parts(parts, request.POST), request.POST, call.revision)
    try:
        save(posted)
    except Disputed as refusal:
        return Attempt(posted, disputed=frozenset(refusal.parts))
    except ProductError as refusal:
        fault = {"key": place(refusal.message.facts), "message": sentence(refusal.message)}
        return Attempt(posted, (fault,))
    return Attempt(posted)


def drawn_fields(
    specs: Iterable[dict[str, Any]], shown: Mapping[str, Any], tried: Attempt
) -> list[Any]:
    """The fields of a page with what stands or was typed in each, and what is wrong beside it."""
    wrong = {fault["key"]: fault["message"] for fault in tried.faults}
    return fields_for(
        spec | {"value": shown[spec["key"]], "error": wrong.get(spec["key"], "")} for spec in specs
    )


def draft_context(call: Call, parts: list[Part], tried: Attempt) -> dict[str, Any]:
    """What a page of a draft shows beside its own: what it remembers, what stands in each part,
    what is wrong, and both texts of disputed parts.
    """
    shown = shown_parts(parts)
    yours = tried.posted.values if tried.posted else {}
    return {
        "draft": draft_base(call.revision, shown),
        "typed": typed_over(shown, tried.posted, tried.disputed),
        "two_texts": two_texts_of(parts, tried.disputed, yours),
        "error_list": list(tried.faults),
        "errors_heading": _("This could not be saved"),
    }
