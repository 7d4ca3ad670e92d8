"""``manage.py mandates``: who serves in which body. This is how an installation gets its officers,
chairs and auditors.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import F
from django.utils import timezone

from anso.governance.actions import end_mandate, give_mandate, set_up_body
from anso.governance.enums import BodyKind, MandateRole
from anso.governance.models import Body, Mandate
from anso.governance.queries import alliance_day, mandates_on
from anso.kernel.actors import SETUP
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused


class Command(BaseCommand):
    """List, give and end mandates, and make the bodies that are not shipped."""

    help = (
        "Lists, gives and ends mandates, from which all rights follow, and sets up bodies such as"
        " the panel of a call."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """One word says what is done."""
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("list", help="the mandates in force, and the bodies")
        give = acts.add_parser("give", help="somebody serves in a body from today on")
        give.add_argument("email")
        give.add_argument("role", choices=MandateRole.values)
        give.add_argument("body", help="the code of a body, see 'list'")
        give.add_argument(
            "--name", default="", help="the person's name, where we do not know the person yet"
        )
        give.add_argument(
            "--until", type=dt.date.fromisoformat, help="the day on which it ends, as 2028-12-31"
        )
        acts.add_parser("end", help="a mandate ends today").add_argument(
            "reference", help="see 'list'"
        )
        body = acts.add_parser("body", help="make a body")
        body.add_argument("code")
        body.add_argument("kind", choices=BodyKind.values)
        body.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked, or say in a sentence why not."""
        now = timezone.now()
        try:
            getattr(self, f"_{options['act']}")(now, options)
        except (BadInput, Refused) as refusal:
            raise CommandError(str(refusal)) from refusal

    def _list(self, now: dt.datetime, _options: dict[str, Any]) -> None:
        for body in Body.objects.order_by("code"):
            self.stdout.write(f"{body.code} ({body.kind})")
            for held in (
                mandates_on(alliance_day(now))
                .filter(body=body)
                .annotate(email=F("person__account__email"))
            ):
                self.stdout.write(
                    f"  {held.reference}  {held.role}  {held.person or held.organisation}"
                    f" <{held.email or 'no account'}>, since {held.starts_on}"
                )

    def _give(self, now: dt.datetime, options: dict[str, Any]) -> None:
        body = Body.objects.filter(code=options["body"]).first()
        if body is None:
            raise CommandError(
                f"There is no body {options['body']!r}; 'mandates list' names them, 'mandates body'"
                " makes one."
            )
        mandate = give_mandate(
            email=options["email"],
            full_name=options["name"],
            role=options["role"],
            body=body,
            ends_on=options["until"],
            actor=SETUP,
            now=now,
        )
        self.stdout.write(
            f"{mandate.person} is {mandate.role} of {body.code}. Sign-in is by a code sent to"
            f" {options['email']}."
        )

    def _end(self, now: dt.datetime, options: dict[str, Any]) -> None:
        mandate = Mandate.objects.filter(reference=options["reference"]).first()
        if mandate is None:
            raise CommandError(
                f"There is no mandate {options['reference']!r}; 'mandates list' names those in"
                " force."
            )
        ended = end_mandate(mandate=mandate, actor=SETUP, now=now)
        self.stdout.write(f"{ended.person} is no longer {ended.role} of {ended.body.code}.")

    def _body(self, now: dt.datetime, options: dict[str, Any]) -> None:
        body = set_up_body(
            code=options["code"],
            kind=options["kind"],
            name={"en": options["name"]},
            actor=SETUP,
            now=now,
        )
        self.stdout.write(f"{body.code} is set up.")
