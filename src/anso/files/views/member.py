"""Receiving a file in pieces, for signed-in people and holders of a scoped link. Follows the tus
protocol as far as `upload.js` needs it.

An app lets a holder of a link upload by putting ``upload_owner`` (e.g. ``link:`` and the link's
key) into the session.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from anso.files.actions import receive_piece, start_upload
from anso.files.queries import get_upload_for
from anso.kernel.actors import Actor, SystemProcess
from anso.kernel.errors import BadInput, ProductError, Stale, TooLarge
from anso.kernel.verdict import Refused
from anso.kernel.wording import gettext_noop as _
from anso.ui.question_fields import sentence

LINK_HOLDER = SystemProcess("holder of a personal link")
View = Callable[..., HttpResponse]


def answers_in_json(view: View) -> View:
    """Turn every expected refusal into a status and one sentence that the page shows beside the
    file.
    """

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not owner_key_of(request):
            return refusal(
                gettext(
                    "You are signed out. Sign in again in another tab, then choose the file again."
                ),
                403,
            )
        try:
            return view(request, *args, **kwargs)
        except Stale as stale:
            answer = refusal(sentence(stale.message), 409)
            answer["Upload-Offset"] = str(stale.message.facts.get("received", 0))
            return answer
        except ProductError as fault:
            return refusal(sentence(fault.message), 413 if isinstance(fault, TooLarge) else 422)
        except Refused as refused:
            return refusal(str(refused.verdict), 403)

    return answering


@require_POST
@answers_in_json
def uploads(request: HttpRequest) -> HttpResponse:
    """Begin an upload: its size and name stand in the headers, where it goes in the address.
    Answers with where to send the pieces.
    """
    upload = start_upload(
        owner_key=owner_key_of(request),
        purpose=request.GET.get("purpose", ""),
        name=metadata_of(request).get("filename", "document"),
        size_bytes=number_in(request, "Upload-Length"),
        now=timezone.now(),
    )
    answer = HttpResponse(status=201)
    answer["Location"] = reverse("files:upload", args=[upload.reference])
    return protocol(answer, 0)


@never_cache
@require_http_methods(["HEAD", "PATCH"])
@answers_in_json
def upload(request: HttpRequest, reference: str) -> HttpResponse:
    """HEAD says how much has arrived; PATCH takes the next piece and, with the last one, answers
    with the receipt.
    """
    now = timezone.now()
    wanted = get_upload_for(owner_key_of(request), reference, now)
    if request.method == "HEAD":
        answer = protocol(HttpResponse(), wanted.received_bytes)
        answer["Upload-Length"] = str(wanted.size_bytes)
        return answer
    offset = number_in(request, "Upload-Offset")
    piece = request.body
    said = receive_piece(
        upload=wanted, offset=offset, content=piece, actor=actor_of(request), now=now
    )
    is_whole = offset + len(piece) == wanted.size_bytes
    return protocol(
        JsonResponse(dict(said)) if is_whole else HttpResponse(status=204), offset + len(piece)
    )


def owner_key_of(request: HttpRequest) -> str:
    """Whose upload it is: the account, or the link that an app noted in the session; blank for a
    stranger.
    """
    if request.user.is_authenticated:
        return f"account:{request.user.pk}"
    return str(request.session.get("upload_owner", ""))


def actor_of(request: HttpRequest) -> Actor:
    """Who acts: the account, or the holder of a link."""
    return request.user if request.user.is_authenticated else LINK_HOLDER


def number_in(request: HttpRequest, header: str) -> int:
    """A whole number from a header."""
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise BadInput(
            _(
                "Your browser did not say how large the file is. Choose it again, or send it with"
                " the form."
            )
        )
    return int(text)


def metadata_of(request: HttpRequest) -> dict[str, str]:
    """The pairs of the Upload-Metadata header; what cannot be read is left out."""
    pairs = {}
    for part in request.headers.get("Upload-Metadata", "")[:4000].split(","):
        key, _space, value = part.strip().partition(" ")
        try:
            pairs[key] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue
    return pairs


def protocol(answer: HttpResponse, offset: int) -> HttpResponse:
    """Add what the sender reads: how much is here."""
    answer["Tus-Resumable"] = "1.0.0"
    answer["Upload-Offset"] = str(offset)
    return answer


def refusal(words: str, status: int) -> HttpResponse:
    """One sentence for the sender."""
    return JsonResponse({"reason": words}, status=status)
