"""The picture that stands beside the name of whoever holds something: given by themself or, with
their word for it, by an officer; taken away by either, at once.
"""

from __future__ import annotations

import datetime as dt
from typing import IO

from django.db import transaction

from anso.accounts.models import Account
from anso.audit.actions import record_entry
from anso.awards import rules
from anso.awards.models import HolderPicture, Offer
from anso.files.actions.storing import store_small_picture
from anso.kernel.errors import BadInput
from anso.kernel.names import clean_line
from anso.kernel.wording import gettext_noop

SIDE = 240


def put_picture(
    *, offer: Offer, content: IO[bytes], shows: str, consent: str, actor: Account, now: dt.datetime
) -> HolderPicture:
    """Show a picture beside the name, in the place of an earlier one: ``shows`` says in words what
    can be seen, ``consent`` how its being shown was agreed to.
    """
    rules.may_show_picture(actor, offer, now).require()
    told, agreed = clean_line(shows), clean_line(consent)
    if not told:
        raise BadInput(
            gettext_noop("Say in words what the picture shows, for those who cannot see it.")
        )
    if not agreed:
        raise BadInput(
            gettext_noop("A picture is shown only where whoever it shows agreed to that.")
        )
    # Outside of the transaction: another process looks at it.
    stored = store_small_picture(
        content=content, name="picture.jpg", side=SIDE, actor=actor, now=now
    )
    with transaction.atomic():
        locked = Offer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
        rules.may_show_picture(actor, locked, now).require()
        picture, _is_new = HolderPicture.objects.update_or_create(
            offer=locked,
            defaults={"stored": stored, "shows": told, "consent": agreed, "put_at": now},
        )
        record_entry(
            locked, "put_picture", actor=actor, now=now, changes={"consent": [None, agreed]}
        )
    return picture


@transaction.atomic
def take_picture_away(*, offer: Offer, actor: Account, now: dt.datetime) -> None:
    """Show it no more. Nobody has to say why; taken away twice, nothing more happens."""
    rules.may_take_picture_away(actor, offer, now).require()
    gone, _by_model = HolderPicture.objects.filter(offer=offer).delete()
    if gone:
        record_entry(offer, "take_picture_away", actor=actor, now=now)
