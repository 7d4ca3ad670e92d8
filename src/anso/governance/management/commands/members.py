"""``manage.py members``: who belongs to the alliance and where each stands. This is how what the
bodies decided about members is recorded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from anso.directory.models import Organisation
from anso.governance import actions
from anso.governance.enums import MembershipCategory
from anso.governance.models import Membership, MembershipEvent
from anso.governance.queries import alliance_day, members_on, standing_of
from anso.governance.wording import event_in_words, standing_in_words
from anso.kernel.actors import SETUP
from anso.kernel.errors import BadInput

ACTS: dict[str, tuple[Callable[..., MembershipEvent], str]] = {
    "suspend": (actions.suspend_member, "until it is restored, or until a day"),
    "waive": (actions.waive_suspension, "a suspension is lifted for a time"),
    "restore": (actions.restore_member, "a suspension ends"),
    "recategorise": (actions.change_member_category, "the member belongs in another category"),
    "leave": (actions.end_membership, "the day is the first on which it is no member"),
    "expel": (actions.end_membership, "the same, by decision of a body"),
}


class Command(BaseCommand):
    """List members, and record what happens to them."""

    help = (
        "Lists members with their standing, and records admissions, suspensions and what follows."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """One word says what is done."""
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("list", help="the members of today, and where each stands")
        show = acts.add_parser("show", help="all that was recorded about a member")
        show.add_argument("number", type=int)
        admit = acts.add_parser("admit", help="an organisation belongs from a day on")
        admit.add_argument("organisation", help="its reference, as its page has it")
        admit.add_argument("category", choices=MembershipCategory.values)
        for name, (_action, words) in ACTS.items():
            act = acts.add_parser(name, help=words)
            act.add_argument("number", type=int, help="of the member, see 'list'")
            if name == "recategorise":
                act.add_argument("category", choices=MembershipCategory.values)
            if name in ("suspend", "waive"):
                act.add_argument("--until", type=dt.date.fromisoformat)
        for name in ("admit", *ACTS):
            acts.choices[name].add_argument("on", type=dt.date.fromisoformat, help="as 2028-12-31")
        revoke = acts.add_parser("revoke", help="a record was wrong")
        revoke.add_argument("record", type=int, help="its number, see 'show'")
        for name in ("admit", *ACTS, "revoke"):
            acts.choices[name].add_argument("because")
            acts.choices[name].add_argument("--source", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked, or say in a sentence why not."""
        now = timezone.now()
        act = options["act"]
        try:
            if act == "list":
                self._list(alliance_day(now))
            elif act == "show":
                self._show(options["number"])
            else:
                self._change(act, now, options)
        except BadInput as refusal:
            raise CommandError(str(refusal)) from refusal

    def _list(self, today: dt.date) -> None:
        for membership in members_on(today):
            words = standing_in_words(standing_of([membership], today), tells_reasons=True)
            self.stdout.write(f"{membership.number}  {membership.organisation}  {words}")

    def _show(self, number: int) -> None:
        recorded = MembershipEvent.objects.filter(membership__number=number)
        for event in recorded.order_by("on", "id"):
            words = f"{event.pk}  {event.on}  {event_in_words(event)}  {event.because}"
            words += f" ({event.source})" if event.source else ""
            self.stdout.write(f"{words}, recorded {event.recorded_at:%Y-%m-%d %H:%M} UTC")

    def _change(self, act: str, now: dt.datetime, options: dict[str, Any]) -> None:
        common = {"because": options["because"], "source": options["source"]}
        common |= {"actor": SETUP, "now": now}
        if act == "revoke":
            event = MembershipEvent.objects.filter(pk=options["record"]).first()
            if event is None:
                raise CommandError("There is no such record; 'members show' numbers them.")
            actions.revoke_membership_event(event=event, **common)
        elif act == "admit":
            organisation = Organisation.objects.filter(reference=options["organisation"]).first()
            if organisation is None:
                raise CommandError("There is no organisation with this reference.")
            actions.admit_member(
                organisation=organisation,
                category=options["category"],
                on=options["on"],
                **common,
            )
        else:
            self._record(act, options, common)
        self.stdout.write("Recorded.")

    def _record(self, act: str, options: dict[str, Any], common: dict[str, Any]) -> None:
        found = Membership.objects.filter(number=options["number"]).order_by("-period").first()
        if found is None:
            raise CommandError("There is no member with this number; 'members list' names them.")
        facts = {name: options[name] for name in ("until", "category") if name in options} | common
        if act == "expel":
            facts["is_expelled"] = True
        ACTS[act][0](membership=found, on=options["on"], **facts)
