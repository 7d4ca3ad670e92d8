"""Who may use a scoped link, and who may be played in a demonstration."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from anso.accounts.models import Account
from anso.accounts.queries import accounts_of_real_people, has_second_factor
from anso.kernel.verdict import ALLOWED, Verdict, refuse


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
