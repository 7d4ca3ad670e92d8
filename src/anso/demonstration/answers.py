"""Plausible answers to any form: by key where the fellowship asks something particular, by type
otherwise.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from random import Random
from typing import Any

from anso.demonstration.particulars import (
    LARGE_GROUP,
    NO,
    PARTNERS,
    UNIVERSITIES,
    Particulars,
)
from anso.demonstration.people import Invented, invent_person
from anso.demonstration.tables import table_rows
from anso.kernel.questions import Form, Meaning, Question, settled, shown_questions

PLACES = (
    "the Lower Tana", "the Indus delta", "the Aral basin", "the Ferghana valley", "Lake Chad",
    "the Mekong", "the Hindu Kush",
    "the Sundarbans", "the Altiplano", "the Gobi margin", "the Nile delta", "the Karakoram",
    "the Rift valley", "the Cerrado",
)  # fmt: skip
THINGS = (
    "groundwater salinity", "glacier melt", "smallholder maize", "soil carbon", "malaria vectors",
    "rice blast", "urban heat", "landslide risk",
    "dryland grazing", "air quality in schools", "low-cost solar cells", "antibiotic resistance",
    "coastal fisheries", "pollinator loss",
    "drought-tolerant sorghum", "river sediment",
)  # fmt: skip
METHODS = (
    "repeated field surveys and a small network of sensors",
    "satellite images checked on the ground", "a hydrological model calibrated on local records",
    "genome sequencing of field samples", "interviews with farmers and a choice experiment",
    "machine learning on open station data",
)  # fmt: skip
OF_THE_NOMINEE = {Meaning.SUBJECT_NAME, Meaning.SUBJECT_CONTACT}
CAST_ADDRESS = "@cast.example"


def _words(sentences: list[str]) -> int:
    return sum(len(sentence.split()) for sentence in sentences)


class Composer:
    """Answers for one invented person; every choice comes from the given source of randomness."""

    def __init__(self, random: Random, person: Invented, *, today: dt.date) -> None:
        self.random = random
        self.person = person
        self.today = today
        self.thing, self.place, self.method = (
            random.choice(pool) for pool in (THINGS, PLACES, METHODS)
        )
        self.particular = Particulars(random, today=today)

    def compose(self, form: Form, *, share: float = 1.0) -> dict[str, Any]:
        """Answers to the questions that are shown, section by section; with ``share`` below one the
        later sections stay empty.
        """
        answers: dict[str, Any] = {}
        wanted = max(1, round(len(form.sections) * share))
        for section in form.sections[:wanted]:
            for question in section.questions:
                if question.type != "file" and question in shown_questions(form, answers):
                    value = self.answer(settled(question, form, answers), answers)
                    if value is not None:
                        answers[question.key] = value
        return answers

    def answer(self, question: Question, given: Mapping[str, Any]) -> Any:
        """One answer, as a browser would send it, beside those ``given`` before it; None leaves the
        question open.
        """
        if question.type == "table":
            return table_rows(self.random, question, given)
        if set(question.means) & OF_THE_NOMINEE and Meaning.APPLICANT_NAME not in question.means:
            return self._of_the_nominee(question)
        particular = getattr(self, f"_{question.key}", None)
        if particular is not None:
            return particular(question)
        general = getattr(self, f"_type_{question.type}", None)
        return general(question) if general else None

    def _of_the_nominee(self, question: Question) -> Any:
        """Somebody else's name, and the address under which they are asked."""
        nominee = invent_person(Random(self.person.email), 0, country=self.person.country)
        if question.type == "person":
            return {
                "name": nominee.full_name,
                "email": f"{self.person.email.partition('@')[0]}.nominee@letters.example",
                "organisation": self.particular.elsewhere,
            }
        return nominee.full_name

    def _level(self, question: Question) -> str:
        """Older people mostly apply for doctoral places; one in fifteen misjudges the age limit."""
        if "phd" not in question.option_values():
            return self._type_choice(question)
        age = self.today.year + 1 - self.person.born_on.year
        is_right = self.random.random() < 0.93
        if age <= 26:
            return "master" if is_right else "phd"
        return "phd" if age > 30 or self.random.random() < 0.7 else "master"

    def _hosts(self, question: Question) -> list[str]:
        hosts = list(question.option_values())
        self.random.shuffle(hosts)
        return hosts if self.random.random() < 0.8 else hosts[:1]

    def _full_name(self, question: Question) -> str:
        return self.person.full_name

    def _gender(self, question: Question) -> str:
        return self.person.gender

    def _date_of_birth(self, question: Question) -> str:
        return self.person.born_on.isoformat()

    def _citizenship(self, question: Question) -> str:
        return self.person.country

    _residence = _citizenship
    _degree_country = _citizenship

    def _second_citizenship(self, question: Question) -> None:
        return None

    _research_project = _second_citizenship

    def _passport_valid_until(self, question: Question) -> str:
        return (self.today + dt.timedelta(days=1200 + self.random.randint(0, 1500))).isoformat()

    def _host_is(self, question: Question) -> str:
        return question.option_values()[0]

    def _highest_degree(self, question: Question) -> str:
        """A master's degree for most of those old enough to have one."""
        age = self.today.year + 1 - self.person.born_on.year
        wanted = "master" if age > 26 and self.random.random() < 0.95 else "bachelor"
        return next(
            (value for value in question.option_values() if value.startswith(wanted)),
            question.option_values()[0],
        )

    def _degree_awarded_on(self, question: Question) -> str:
        return (self.today - dt.timedelta(days=200 + self.random.randint(0, 900))).isoformat()

    def _degree_institution(self, question: Question) -> str:
        return self.random.choice(UNIVERSITIES)

    _institute = _degree_institution

    def _is_degree_expected(self, question: Question) -> bool:
        return False

    def _is_doctoral_student_in_china(self, question: Question) -> bool:
        return self.random.random() < 0.02

    def _title(self, question: Question) -> str:
        return f"{self.thing.capitalize()} in {self.place}"

    def _keywords(self, question: Question) -> str:
        return f"{self.thing}, {self.place.removeprefix('the ')}, adaptation"

    def _letter_way(self, question: Question) -> str:
        """Letters are written, not uploaded."""
        return next(value for value in question.option_values() if value != "upload")

    def _referee_1(self, question: Question) -> dict[str, str]:
        """People of the cast name the referee of the cast first."""
        if self.person.email.endswith(CAST_ADDRESS):
            return {
                "name": "Prof. Wanjiru Kamau",
                "email": f"referee{CAST_ADDRESS}",
                "organisation": "University of Nairobi",
            }
        return self._writer(1)

    def _referee_2(self, question: Question) -> dict[str, str]:
        return self._writer(2)

    def _writer(self, number: int) -> dict[str, str]:
        name = (
            "Prof."
            f" {self.random.choice(('Wanjiru', 'Rustam', 'Lucía', 'Abena', 'Sita', 'Youssef'))}"
            f" {self.random.choice(('Mwangi', 'Karimov', 'Rojas'))}"
        )
        address = f"{self.person.email.partition('@')[0]}.writer{number}@letters.example"
        return {"name": name, "email": address, "organisation": self.random.choice(UNIVERSITIES)}

    def _matching(self, question: Question) -> str:
        """Mostly as much as a proposal may ask for; one in ten brings too little."""
        return "1200000" if self.random.random() < 0.9 else "1000"

    def _phone(self, question: Question) -> str:
        return f"+{self.random.randint(20, 998)} {self.random.randint(100_000_000, 999_999_999)}"

    def _type_text(self, question: Question) -> str:
        particular = self.particular.text(question.key)
        if particular is not None:
            return particular
        if question.limit and question.limit.unit == "words":
            return self._type_longtext(question)
        most = (
            int(question.limit.most)
            if question.limit and question.limit.most and question.limit.unit == "characters"
            else 200
        )
        return f"{self.thing} in {self.place}"[:most]

    def _type_longtext(self, question: Question) -> str:
        """As many sentences as the question wants: at least its lower limit, never above its upper
        one.
        """
        limit = question.limit
        words = limit is None or limit.unit == "words"
        least = int(limit.least or 0) if limit else 0
        most = int(limit.most or 10_000) if limit else 10_000
        room = most if words else most // 8
        text: list[str] = []
        sentences = self._sentences()
        while not text or (
            _words(text) < max(least * 1.1 if words else least / 5, 40)
            and _words(text) < max(room - 45, least if words else least / 5)
        ):
            text.append(sentences[len(text) % len(sentences)])
        return " ".join(text) if _words(text) <= room else " ".join(" ".join(text).split()[:room])

    def _sentences(self) -> tuple[str, ...]:
        return (
            (
                f"{self.thing.capitalize()} decides how people in {self.place} will live in twenty"
                " years, and it is hardly measured."
            ),
            f"I want to find out how it changes from season to season, with {self.method}.",
            (
                "The first year goes to measurements with two local partners, the second to the"
                " model, the third to a test with those who would use it."
            ),
            (
                "Results are published openly, and a short guide goes back to the communities of"
                f" {self.place}."
            ),
            (
                "The risk is that field seasons fail; records of the national service since 1998"
                " are the fallback."
            ),
            (
                f"Earlier work on {self.thing} looked at single years and single sites; I compare"
                " twelve sites over three seasons."
            ),
            (
                "Samples are taken every two weeks in the growing season and every month outside"
                " it, with the same instruments at every site."
            ),
            (
                "Errors are estimated from repeated samples at every fifth visit, and all raw data"
                " are deposited before the analysis begins."
            ),
            (
                f"The question matters beyond {self.place}: the same pattern is reported from four"
                " neighbouring basins."
            ),
            (
                "Two master's students of the partner university take part, and the instruments"
                " stay with them afterwards."
            ),
        )

    def _type_number(self, question: Question) -> str:
        limit = question.limit
        particular = self.particular.number(question.key)
        if particular is not None:
            most = int(limit.most) if limit and limit.most else particular
            return str(min(particular, most))
        least = int(limit.least or 1) if limit else 1
        return str(self.random.randint(least, int(limit.most or least + 8) if limit else least + 8))

    def _type_date(self, question: Question) -> str:
        day = self.particular.day(question.key) or self.today + dt.timedelta(days=200)
        low, high = question.earliest or day, question.latest or day
        return min(max(day, low), high).isoformat()

    def _type_choice(self, question: Question) -> str:
        return self.random.choice(question.option_values())

    def _type_multichoice(self, question: Question) -> list[str]:
        values = question.option_values()
        most = int(question.limit.most) if question.limit and question.limit.most else 3
        return self.particular.several(question.key, values, min(most, 3)) or [values[0]]

    def _type_ranking(self, question: Question) -> list[str]:
        return list(question.option_values())

    def _type_yesno(self, question: Question) -> bool:
        return question.key not in NO

    def _type_statement(self, question: Question) -> bool:
        return True

    def _type_country(self, question: Question) -> str:
        return self.person.country

    def _type_dois(self, question: Question) -> list[str]:
        return ["10.1000/182"]

    def _type_organisation(self, question: Question) -> dict[str, str]:
        named = self.particular.organisation(question.key)
        return {"name": named or self.random.choice(UNIVERSITIES)}

    def _type_point(self, question: Question) -> str:
        return "-1.2921, 36.8219"

    def _type_email(self, question: Question) -> str:
        return self.person.email

    def _type_person(self, question: Question) -> dict[str, str]:
        person = self._writer(self.random.randint(3, 9))
        named = self.particular.organisation(question.key)
        return person | {"organisation": named} if named else person

    def _type_partners(self, question: Question) -> list[dict[str, str]]:
        """Three partners in different countries, two of them members of the alliance; more where
        many may be named.
        """
        most = question.limit.most if question.limit else None
        wanted = PARTNERS if most and most >= LARGE_GROUP else PARTNERS[:3]
        return [
            {
                **self._writer(position),
                "organisation": organisation,
                "country": country,
                "part": f"Sampling and {self.method}",
            }
            for position, (organisation, country) in enumerate(wanted, 1)
        ]
