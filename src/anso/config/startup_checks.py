"""The last look before a process serves people.

Belongs here: refusing to start where the database and the settings do not go together. Does not:
the checks, which the apps register.
"""

from __future__ import annotations

from django.core.checks import Tags, run_checks
from django.db import connection

from anso.config.env import EnvironmentRefused


def require_sound_database() -> None:
    """Refuse with its words whatever a check of the database finds, such as demonstration mode
    among accounts of real people.
    """
    found = [
        message
        for message in run_checks(tags=[Tags.database], databases=["default"])
        if message.is_serious()
    ]
    connection.close()  # processes are forked from this one and need connections of their own
    if found:
        raise EnvironmentRefused(
            "\n".join(f"{message.msg} {message.hint or ''}".strip() for message in found)
        )
