"""``manage.py load_reference``: countries, classes, founding members, bodies, boards and
programmes, as shipped. Safe to repeat: what staff changed stays, and is told.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from anso.calls.actions import load_programmes
from anso.directory.actions import load_countries, load_organisations
from anso.governance.actions import load_associations, load_bodies, load_mandates, load_members
from anso.kernel.actors import SETUP


class Command(BaseCommand):
    """Bring the shipped reference facts into the database."""

    help = (
        "Loads countries, dated country classes, founding members, bodies, mandates and programmes;"
        " may be run again at any time."
    )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Load everything in one transaction."""
        now = timezone.now()
        differences = load_countries()
        organisations, other = load_organisations()
        differences += other
        differences += load_members(organisations=organisations, actor=SETUP, now=now)
        differences += load_bodies(actor=SETUP, now=now)
        differences += load_mandates(organisations=organisations, actor=SETUP, now=now)
        differences += load_associations()
        differences += load_programmes()
        if options["verbosity"]:
            self.stdout.write(
                "Countries, organisations, members, bodies, mandates, associations and programmes"
                " are in place."
            )
            for difference in differences:
                self.stdout.write(f"  stays as it is here: {difference}")
