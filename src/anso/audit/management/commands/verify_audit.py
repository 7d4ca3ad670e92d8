"""``manage.py verify_audit``: prove the record, or name what is altered, missing or reordered."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from anso.audit.queries import verify_record


class Command(BaseCommand):
    """Walks through all entries and seals. Exit code 1 when there is a fault."""

    help = "Check every hash, chain and seal of the record."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--root",
            default="",
            help="A root noted earlier, which must still be among the checkpoints.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = verify_record(noted_root=options["root"].strip().lower())
        self.stdout.write(
            f"{found.entry_count} entries in {found.chain_count} chains, {found.checkpoint_count}"
            f" checkpoints, {found.unsealed_count} entries not sealed yet."
        )
        if found.is_intact:
            self.stdout.write(
                f"The record is intact. Latest root: {found.latest_root or 'none yet'}"
            )
            return
        for fault in found.faults:
            self.stderr.write(f"{fault.code.upper()}  {fault}")
        self.stderr.write(f"The record was tampered with: {len(found.faults)} faults.")
        sys.exit(1)
