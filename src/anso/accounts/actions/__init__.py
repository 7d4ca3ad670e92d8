"""What can be done with accounts: made, entered by a code from a mail, given scoped links, and what
people change about their own. Import from here.
"""

from __future__ import annotations

from anso.accounts.actions.accounts import (
    change_account_settings,
    create_account,
    end_other_sessions,
    issue_scoped_link,
    note_browser_zone,
    note_link_use,
    play_demonstration_account,
    require_second_factor,
    revoke_scoped_links,
)
from anso.accounts.actions.entry import (
    CODE_LIVES,
    EntryAnswer,
    ask_to_enter,
    enter_by_code,
    enter_by_link,
)

__all__ = [
    "CODE_LIVES",
    "EntryAnswer",
    "ask_to_enter",
    "change_account_settings",
    "create_account",
    "end_other_sessions",
    "enter_by_code",
    "enter_by_link",
    "issue_scoped_link",
    "note_browser_zone",
    "note_link_use",
    "play_demonstration_account",
    "require_second_factor",
    "revoke_scoped_links",
]
