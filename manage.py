#!/usr/bin/env python
"""Django's command line; starts the embedded PostgreSQL first when a command needs it and
DATABASE_URL names none.
"""

from __future__ import annotations

import os
import sys

WITHOUT_DATABASE = frozenset(
    {
        "",
        "help",
        "version",
        "check",
        "collectstatic",
        "compilemessages",
        "diffsettings",
        "findstatic",
        "makemessages",
    }
)


def main() -> None:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anso.config.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if not os.environ.get("DATABASE_URL") and command.lstrip("-") not in WITHOUT_DATABASE:
        from operations.embedded_database import ensure_running

        ensure_running()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
