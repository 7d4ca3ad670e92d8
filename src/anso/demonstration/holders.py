"""Invented people who received something in earlier years, and a year in which nobody did, for each
programme that has a page of them.
"""

from __future__ import annotations

import datetime as dt

from anso.awards.actions import enter_earlier_holders
from anso.awards.queries.wall import programmes_with_wall
from anso.directory.queries import country_codes
from anso.kernel.actors import SETUP
from anso.kernel.holders_lists import read_holders

EARLIER = (
    ("Lifetime Achievement Award", "Example: Wangari Otieno", "Example Institute of Drylands",
     "KE", "For forty years of hydrology that gave three countries one map of their water"),
    ("Outstanding Women Award", "示例：王芳", "示例科学院", "CN", ""),
    ("Cooperation Coordination Award", "مثال: ليلى حداد", "جامعة الساحل المثالية", "ET", ""),
)  # fmt: skip
NOBODY = ("Youth Leader Award", "No nomination met the level of the award.")


def add_earlier_holders(now: dt.datetime) -> None:
    """Enter them by the same action by which officers enter a list."""
    rows = [("year", "award", "name", "organisation", "country", "citation", "not given because")]
    for ago, held in enumerate(EARLIER, 2):
        rows.append((str(now.year - ago), *held, ""))
    rows.append((str(now.year - 2), NOBODY[0], "", "", "", "", NOBODY[1]))
    text = "\n".join("\t".join(row) for row in rows)
    lines, _faults = read_holders(text, country_codes(), now.year)
    for programme in programmes_with_wall():
        enter_earlier_holders(programme=programme, lines=lines, actor=SETUP, now=now)
