"""Repeating on an application which required letters it lacks, for the lists of officers."""

from __future__ import annotations

from anso.applications.models import Application
from anso.applications.queries.required_letters import lacks_of_submitted


def note_lacks(application: Application) -> None:
    """Write down what a submitted application lacks now; nothing for one never submitted. The
    application is one that the caller has locked, so that of two letters that come at once the
    second sees the first.
    """
    lacks = lacks_of_submitted(application.call, [application]).get(application.pk)
    if lacks is None:
        return
    codes = [lack.code for lack in lacks]
    # Only this column: the object may be older than its row.
    Application.objects.filter(pk=application.pk).update(lacks=codes)
    application.lacks = codes
