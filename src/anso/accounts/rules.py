"""Who may come in by mail, and who may be played in a demonstration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from anso.accounts.models import Account, EntryCode
from anso.accounts.queries import accounts_of_real_people, codes_sent_to, has_second_factor
from anso.kernel.verdict import ALLOWED, Verdict, refuse

# So many codes are sent to one address in so long, and so many wrong ones may be typed while they
# live: eight digits are not guessed in ten.
MOST_CODES, CODES_PER = 5, dt.timedelta(hours=1)
MOST_GUESSES = 10


def may_work_signed_in(account: Account) -> Verdict:
    """Staff need a second factor before anything else opens; a demonstration asks nobody for
    one.
    """
    if settings.DEMONSTRATION or not account.is_staff or has_second_factor(account):
        return ALLOWED
    return refuse(
        "second_factor",
        _("People who work for the Secretariat sign in with a second factor. Set one up to go on."),
    )


def may_run_demonstration() -> Verdict:
    """Demonstration mode is refused where a single account stands for a real person: visitors could
    act in that house.
    """
    if not settings.DEMONSTRATION:
        return refuse("no_demonstration", _("This installation is not a demonstration."))
    if accounts_of_real_people().exists():
        return refuse(
            "real_accounts",
            _(
                "Demonstration mode is on, but this installation has accounts of real people."
                " Nobody can be played."
            ),
        )
    return ALLOWED


def may_create_account(*, is_demonstration: bool) -> Verdict:
    """A demonstration takes no real people in, so that it never stands among them."""
    if settings.DEMONSTRATION and not is_demonstration:
        return refuse("no_real_people", _("This is a demonstration: it takes no real people in."))
    return ALLOWED


def may_play_account(account: Account) -> Verdict:
    """A visitor may play a member of the demonstration cast, and nobody else."""
    verdict = may_run_demonstration()
    if verdict and not (
        account.is_demonstration and account.demonstration_role and account.is_active
    ):
        return refuse("not_in_cast", _("This account is not part of the demonstration."))
    return verdict


def may_ask_to_enter(email: str, now: dt.datetime) -> Verdict:
    """Whoever asks, some times an hour for one address: nobody’s mailbox is filled from here."""
    sent = list(codes_sent_to(email, now - CODES_PER)[:MOST_CODES])
    if len(sent) < MOST_CODES:
        return ALLOWED
    minutes = int((sent[-1].created_at + CODES_PER - now).total_seconds() // 60) + 1
    return refuse(
        "too_many_codes",
        ngettext_lazy(
            "Several codes were sent to this address in the last hour. Each of them still works:"
            " look among unwanted mail too. You can ask for another one in %(minutes)d minute.",
            "Several codes were sent to this address in the last hour. Each of them still works:"
            " look among unwanted mail too. You can ask for another one in %(minutes)d minutes.",
            minutes,
        )
        % {"minutes": minutes},
    )


def may_try_code(living: Sequence[EntryCode]) -> Verdict:
    """Whoever was sent a code that lives, until too many wrong ones were typed."""
    if not living:
        return refuse(
            "no_code", _("No code works any more: two hours have passed. Have a new one sent.")
        )
    if sum(each.wrong_guesses for each in living) >= MOST_GUESSES:
        return refuse(
            "too_many_guesses",
            _(
                "Too many wrong codes were typed. Open the link in the mail instead; it works on"
                " any device."
            ),
        )
    return ALLOWED
