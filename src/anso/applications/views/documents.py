"""Documents: upload and removal with the form, download. Uploads in pieces come through the files
app.
"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from anso.applications import actions
from anso.applications.actions.documents import find_slot
from anso.applications.models import Application
from anso.applications.queries.collaborators import get_document_to_fill_in
from anso.files.actions import store_file
from anso.files.queries import file_response_for
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.ui.question_fields import sentence


def store_documents(
    request: HttpRequest, application: Application, slots: list[str]
) -> dict[str, str]:
    """Put files that came with the form into their slots; returns what is wrong with each that was
    refused.
    """
    errors: dict[str, str] = {}
    now = timezone.now()
    for slot in slots:
        for sent in request.FILES.getlist(slot):
            try:
                asked = find_slot(application, slot)
                stored = store_file(
                    content=sent,
                    name=sent.name or "",
                    actor=request.user,
                    now=now,
                    accepted=asked.accepts,
                    max_bytes=asked.max_bytes,
                )
                actions.add_document(
                    application=application, slot=slot, stored=stored, actor=request.user, now=now
                )
            except BadInput as fault:
                errors[slot] = sentence(fault.message)
            except Refused as refused:
                errors[slot] = str(refused.verdict)
    return errors


@login_required
@require_safe
def document(request: HttpRequest, reference: str) -> FileResponse:
    """A document, for whoever fills in its part and for those who may read the application."""
    found = get_document_to_fill_in(request.user, reference, timezone.now())
    return file_response_for(found.file)


def remove_document(request: HttpRequest, application: Application, reference: str) -> None:
    """Take a document out of the application, and say so; one that is not there is nobody's
    business.
    """
    found = get_document_to_fill_in(request.user, reference, timezone.now())
    if found.application_id != application.pk:
        raise Http404
    actions.remove_document(document=found, actor=request.user, now=timezone.now())
    messages.success(request, _("%(name)s was removed.") % {"name": found.file.name})
