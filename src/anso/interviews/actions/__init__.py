"""What is done with interviews: times opened, changed and closed; people asked, reminded and moved;
a time chosen.
"""

from __future__ import annotations

from anso.interviews.actions.choosing import choose_time, settle_time
from anso.interviews.actions.inviting import ask_to_interview, remind_to_choose
from anso.interviews.actions.times import change_time, close_times, open_times

__all__ = [
    "ask_to_interview",
    "change_time",
    "choose_time",
    "close_times",
    "open_times",
    "remind_to_choose",
    "settle_time",
]
