"""Who may use a scoped link, and who may be played in a demonstration."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from anso.accounts.models import Account, ScopedLink
from anso.accounts.queries import accounts_of_real_people, find_scoped_link, has_second_factor
from anso.kernel.verdict import ALLOWED, Verdict, refuse


def may_use_scoped_link(link: ScopedLink | None, now: dt.datetime) -> Verdict:
    """Anyone who holds a link may use it until it expires or is revoked; the refusal says which of
    the two happened.
    """
    if link is None:
        return refuse(
            "link_unknown",
            _(
                "This link is not complete. Open it again from your mail, or copy the whole"
                " address."
            ),
        )
    if link.revoked_at is not None:
        return refuse(
            "link_revoked",
            _(
                "This link was replaced or withdrawn. Use the link in the latest mail you got"
                " from us."
            ),
        )
    if link.expires_at <= now:
        return refuse(
            "link_expired",
            _("This link has expired. Answer the mail it came with to ask for a new one."),
            expired_at=link.expires_at,
        )
    return ALLOWED


def may_open_scoped_link(token: str, purpose: str, now: dt.datetime) -> Verdict:
    """As ``may_use_scoped_link``, for a token as it came with the address."""
    return may_use_scoped_link(find_scoped_link(token, purpose), now)


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
