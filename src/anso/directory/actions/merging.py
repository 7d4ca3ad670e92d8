"""Making two records of one human being one, and taking that back. Who may do it is said by the
rule of whoever calls.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account.models import EmailAddress

from anso.accounts.models import Account
from anso.audit.actions import record_entry
from anso.directory.models import Merge, Person
from anso.directory.queries.merging import PERSON_ROWS, clashes_between
from anso.kernel.errors import BadInput
from anso.kernel.wording import gettext_noop

UNDO_WITHIN = dt.timedelta(days=30)
ADDRESSES = "account.emailaddress"


def merge_records(
    *, kept: Person, gone: Person, because: str, actor: Account, now: dt.datetime
) -> Merge:
    """Move everything of ``gone`` to ``kept`` inside the caller's transaction, which has asked the
    rule. Both addresses lead to the account that is kept.

    Refused with the first of what keeps them apart.
    """
    # Locked in the order of their keys, like all that lock several.
    people = Person.objects.select_for_update(of=("self",)).select_related("account")
    rows = {row.pk: row for row in people.filter(pk__in=[kept.pk, gone.pk]).order_by("pk")}
    kept, gone = rows[kept.pk], rows[gone.pk]
    for clash in clashes_between(kept, gone, now):
        raise BadInput.of(clash.message)
    moved: dict[str, Any] = {name: each.moving(kept, gone) for name, each in PERSON_ROWS.items()}
    _move(moved, kept)
    if gone.account and kept.account:
        moved[ADDRESSES] = _join_accounts(kept.account, gone.account)
    merge = Merge.objects.create(
        kept=kept,
        gone=gone,
        because=because,
        moved=moved,
        merged_by=actor,
        merged_at=now,
        undo_until=now + UNDO_WITHIN,
    )
    changes = {"gone": [gone.reference, None], "kept": [None, kept.reference]}
    for person in (kept, gone):
        record_entry(person, "merge_people", actor=actor, now=now, changes=changes, because=because)
    return merge


def undo_records(*, merge: Merge, because: str, actor: Account, now: dt.datetime) -> Merge:
    """Give back exactly what moved; what came since stays with the person that was kept. Inside the
    caller's transaction, which has asked the rule.
    """
    locked = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if locked.undone_at is not None:
        raise BadInput(gettext_noop("This was taken back already."), code="undone")
    if locked.undo_until <= now:
        raise BadInput(gettext_noop("The days in which this can be taken back are over."))
    later = Merge.objects.filter(gone=locked.kept, undone_at__isnull=True)
    if later.exists():
        raise BadInput(gettext_noop("This person was merged again since: take that back first."))
    kept, gone = locked.kept, locked.gone
    addresses = locked.moved.get(ADDRESSES, [])
    _move(locked.moved, gone, of=kept)
    if gone.account_id:
        for key, is_primary in addresses:
            EmailAddress.objects.filter(pk=key, user_id=kept.account_id).update(
                user_id=gone.account_id, primary=is_primary
            )
        Account.objects.filter(pk=gone.account_id).update(is_active=True, merged_into=None)
    locked.undone_at = now
    locked.save(update_fields=["undone_at"])
    changes = {"gone": [None, gone.reference]}
    for person in (kept, gone):
        record_entry(person, "undo_merge", actor=actor, now=now, changes=changes, because=because)
    return locked


def _move(moved: dict[str, Any], to: Person, of: Person | None = None) -> None:
    """Give the rows with these keys to a person; of those only what is still somebody's."""
    for name, rows in PERSON_ROWS.items():
        chosen = rows.model._default_manager.filter(pk__in=moved.get(name, []))
        if of is not None:
            chosen = chosen.filter(**{rows.column: of.pk})
        chosen.update(**{rows.column: to.pk})


def _join_accounts(kept: Account, gone: Account) -> list[tuple[int, bool]]:
    """Let every address of one account lead to the other; the one that was left lets nobody in."""
    addresses = list(EmailAddress.objects.filter(user_id=gone.pk).order_by("pk"))
    before = [(each.pk, each.primary) for each in addresses]
    EmailAddress.objects.filter(user_id=gone.pk).update(user_id=kept.pk, primary=False)
    Account.objects.filter(pk=gone.pk).update(is_active=False, merged_into=kept)
    return before
