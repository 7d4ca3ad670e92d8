"""Who reads the record."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from anso.kernel.actors import Actor
from anso.kernel.verdict import Verdict


def may_read_record(actor: Actor, now: dt.datetime) -> Verdict:
    """Whoever the installation's rule lets in (``settings.RECORD_READER``): auditors. The roots of
    the seals are public.
    """
    return cast("Verdict", import_string(settings.RECORD_READER)(actor, now))
