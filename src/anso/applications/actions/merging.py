"""An officer makes two records of one person one, or takes that back; the person is told at every
address that leads to them.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from anso.accounts.models import Account
from anso.applications.notices import MERGE_UNDONE, PEOPLE_MERGED
from anso.applications.rules import may_merge_people
from anso.applications.wording.merging import merge_told
from anso.directory.actions.merging import merge_records, undo_records
from anso.directory.models import Merge, Person
from anso.kernel.notices import Notice
from anso.kernel.reasons import required_reason
from anso.kernel.wording import gettext_noop
from anso.kernel.zones import zone_of_country
from anso.notifications.actions import notify

READ_BY_PERSON = gettext_noop("Give the reason; the person will read it.")


@transaction.atomic
def merge_people(
    *, kept: Person, gone: Person, because: str, actor: Account, now: dt.datetime
) -> Merge:
    """Make ``gone`` one with ``kept``: what is the one's is the other's since, both addresses lead
    to the account that is kept, and for thirty days it can be taken back.

    Refused without a reason, and with the first of what keeps them apart.
    """
    may_merge_people(actor, [kept, gone], now).require()
    reason = required_reason(because, READ_BY_PERSON)
    merge = merge_records(kept=kept, gone=gone, because=reason, actor=actor, now=now)
    _tell(PEOPLE_MERGED, merge, reason, actor, now)
    return merge


@transaction.atomic
def undo_merge(*, merge: Merge, because: str, actor: Account, now: dt.datetime) -> Merge:
    """Make two of them again, with exactly what each had; what came since stays with the one that
    was kept. Refused without a reason and after its days.
    """
    may_merge_people(actor, [merge.kept], now).require()
    reason = required_reason(because, READ_BY_PERSON)
    undone = undo_records(merge=merge, because=reason, actor=actor, now=now)
    _tell(MERGE_UNDONE, undone, reason, actor, now)
    return undone


def _tell(notice: Notice, merge: Merge, reason: str, actor: Account, now: dt.datetime) -> None:
    accounts = [each.account for each in (merge.kept, merge.gone) if each.account]
    for account in accounts:
        notify(
            notice,
            about=account,
            recipient=account,
            email=account.email,
            zone=zone_of_country(merge.kept.nationality_id or ""),
            say=lambda: merge_told(merge) | {"reason": reason},
            key=f"{merge.reference}:{account.pk}",
            actor=actor,
            now=now,
        )
