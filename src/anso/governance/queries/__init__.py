"""Reading bodies, mandates and members. Import from here. Mandates are the facts from which rights
follow.
"""

from __future__ import annotations

from anso.governance.queries.bodies import (
    PRESIDING,
    bodies_looked_after_by,
    bodies_on,
    get_body_for,
    panels_on,
)
from anso.governance.queries.mandates import (
    accounts_looked_after_by,
    alliance_day,
    entry_codes_looked_after_by,
    has_mandate,
    if_secretariat,
    is_auditor,
    is_secretariat,
    mandates_by_term,
    mandates_held,
    mandates_of,
    mandates_of_organisation,
    mandates_on,
    overlapping_mandates,
)
from anso.governance.queries.membership import (
    MemberStanding,
    events_that_count,
    find_members,
    get_member_for,
    is_on_seat_of,
    members_on,
    memberships_looked_after_by,
    standing_of,
)

__all__ = [
    "PRESIDING",
    "MemberStanding",
    "accounts_looked_after_by",
    "alliance_day",
    "bodies_looked_after_by",
    "bodies_on",
    "entry_codes_looked_after_by",
    "events_that_count",
    "find_members",
    "get_body_for",
    "get_member_for",
    "has_mandate",
    "if_secretariat",
    "is_auditor",
    "is_on_seat_of",
    "is_secretariat",
    "mandates_by_term",
    "mandates_held",
    "mandates_of",
    "mandates_of_organisation",
    "mandates_on",
    "members_on",
    "memberships_looked_after_by",
    "overlapping_mandates",
    "panels_on",
    "standing_of",
]
