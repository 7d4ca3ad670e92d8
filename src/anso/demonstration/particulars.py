"""What people of the demonstration answer where any text, number or day of its sort would read
like nonsense: organisations, cities, how many come.
"""

from __future__ import annotations

import datetime as dt
from random import Random

UNIVERSITIES = (
    "University of Nairobi",
    "Tribhuvan University",
    "Addis Ababa University",
    "University of Peradeniya",
    "Cairo University",
    "Al-Farabi University",
)
# Members of the demonstration alliance; two of them are real founders.
MEMBERS = (
    "Example Academy of the Highlands",
    "Example Institute of Drylands",
    "Example University of the Coast",
    "Chinese Academy of Sciences",
    "Russian Academy of Sciences",
)
LEADING = MEMBERS[:3]
PARTNERS = (
    ("Chinese Academy of Sciences", "CN"),
    ("Russian Academy of Sciences", "RU"),
    ("Tribhuvan University", "NP"),
    ("University of Nairobi", "KE"),
    ("Addis Ababa University", "ET"),
    ("University of Peradeniya", "LK"),
    ("Cairo University", "EG"),
    ("Al-Farabi University", "KZ"),
    ("Universidad de la Costa", "PE"),
)
LARGE_GROUP = 100

TEXTS = {
    "acronym": ("AHWS", "NDRR", "ASKT"),
    "city": ("Kathmandu", "Nairobi", "Lima", "Almaty", "Cairo"),
    "language": ("English",),
    "larger_conference": ("World Water Forum", "Conference of the Parties on Biodiversity"),
    "office": ("Foreign secretary", "Director for international cooperation"),
    "secretariat": ("Kathmandu", "Nairobi", "Lima"),
}
NUMBERS = {
    "days": (10, 20),
    "foreign_trainees": (14, 26),
    "institutes": (2, 4),
    "months": (6, 24),
    "on_site": (40, 320),
    "online": (60, 900),
    "trainees": (28, 40),
    "travel_cost": (600, 4_800),
    "weeks": (1, 3),
    "years_experience": (4, 18),
    "years_in_fields": (9, 38),
}
IN_THE_PAST = {"launched_on": 200}
AHEAD = {"from_day": (120, 180), "until_day": (240, 400)}
# Most people work in what many work in: the first of a list is common, the others are drawn.
COMMON = ("fields", "languages", "ways", "zones")
NO = {"holds_other"}
AT_HOME = {"organisation", "scholar_organisation", "nominator_organisation", "in_charge"}
ELSEWHERE = {"nominee_organisation", "host_organisation", "host_contact"}
OF_MEMBERS = {"recommender_1": MEMBERS[3], "recommender_2": MEMBERS[4]}


class Particulars:
    """The answers of one person to questions of these keys; every choice comes from the given
    source of randomness, and one organisation stays one.
    """

    def __init__(self, random: Random, *, today: dt.date) -> None:
        self.random, self.today = random, today
        is_of_member = random.random() < 0.7
        self.home = random.choice(LEADING if is_of_member else UNIVERSITIES[:3])
        self.elsewhere = random.choice(UNIVERSITIES[3:])

    def organisation(self, key: str) -> str:
        """The organisation that a question of this key names; blank where any will do."""
        if key in AT_HOME:
            return self.home
        return self.elsewhere if key in ELSEWHERE else OF_MEMBERS.get(key, "")

    def text(self, key: str) -> str | None:
        """A short text, or None where any will do."""
        if key in TEXTS:
            return self.random.choice(TEXTS[key])
        return self.organisation(key) or None

    def number(self, key: str) -> int | None:
        """A number, or None where any will do."""
        return self.random.randint(*NUMBERS[key]) if key in NUMBERS else None

    def several(self, key: str, values: tuple[str, ...], most: int) -> list[str] | None:
        """Some of several values, in their order, or None where any will do."""
        if key not in COMMON:
            return None
        drawn = {values[0], *self.random.choices(values, k=max(1, most - 1))}
        return [value for value in values if value in drawn][:most]

    def day(self, key: str) -> dt.date | None:
        """A day that lies behind or ahead, or None where any will do."""
        if key in AHEAD:
            return self.today + dt.timedelta(days=self.random.randint(*AHEAD[key]))
        return self.today - dt.timedelta(days=IN_THE_PAST[key]) if key in IN_THE_PAST else None
