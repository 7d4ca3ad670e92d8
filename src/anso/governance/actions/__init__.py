"""What changes bodies, mandates and membership. Import from here."""

from __future__ import annotations

from anso.governance.actions.associations import (
    add_association_group,
    end_association_group,
    enter_association,
    load_associations,
    record_association_state,
)
from anso.governance.actions.mandates import end_mandate, give_mandate, set_up_body
from anso.governance.actions.membership import (
    admit_member,
    change_member_category,
    end_membership,
    restore_member,
    revoke_membership_event,
    suspend_member,
    waive_suspension,
)
from anso.governance.actions.reference import load_bodies, load_mandates, load_members

__all__ = [
    "add_association_group",
    "admit_member",
    "change_member_category",
    "end_association_group",
    "end_mandate",
    "end_membership",
    "enter_association",
    "give_mandate",
    "load_associations",
    "load_bodies",
    "load_mandates",
    "load_members",
    "record_association_state",
    "restore_member",
    "revoke_membership_event",
    "set_up_body",
    "suspend_member",
    "waive_suspension",
]
