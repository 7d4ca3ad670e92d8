"""What a form is made of: questions in sections, with their limits, options and conditions.

Here: immutable values and their JSON. Not here: checking answers (`checking`), checking the
form itself (`definition`), comparing two versions (`versions`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from anso.kernel.canonical import content_hash, plain_decimal
from anso.kernel.errors import BadDefinition
from anso.kernel.questions.columns import Option, TableColumn
from anso.kernel.questions.conditions import Condition, read_condition
from anso.kernel.questions.sums import SumRule
from anso.kernel.wording import NO_TEXT, Text, gettext_noop

MEGABYTE = 1024 * 1024
# What people call a format; one that is not here has no other name.
FORMAT_NAMES = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}


class Audience(StrEnum):
    """Who sees an answer besides the person who gave it; `audiences` says who does today.

    Writers are those whom the applicant asks for a letter; agreeing those of them who are asked for
    yes or no, such as a supervisor; matched are those whom it may be matched with, such as the host
    of a need and the expert who offers help. Auditors are never named by a question: they check
    every answer that is not sensitive.
    """

    OFFICERS = "officers"
    HOSTS = "hosts"
    WRITERS = "writers"
    AGREEING = "agreeing"
    MATCHED = "matched"
    REVIEWERS = "reviewers"
    PANEL = "panel"
    AUDITORS = "auditors"
    PUBLIC = "public"


class Meaning(StrEnum):
    """What an answer means to everything after the form: lists, screening, review, selection."""

    TITLE = "title"
    ABSTRACT = "abstract"
    KEYWORDS = "keywords"
    EXPERTISE = "expertise"
    APPLICANT_NAME = "applicant_name"
    APPLICANT_ORGANISATION = "applicant_organisation"
    SUBJECT_NAME = "subject_name"
    SUBJECT_CONTACT = "subject_contact"
    ORGANISATION = "organisation"
    PARTNERS = "partners"
    COUNTRY = "country"
    SECOND_COUNTRY = "second_country"
    CATEGORY = "category"
    PREFERENCE = "preference"
    GENDER = "gender"
    BIRTH_DATE = "birth_date"
    DEGREE = "degree"
    DEGREE_DATE = "degree_date"
    LANGUAGE_PROOF = "language_proof"
    PUBLICATIONS = "publications"
    REQUESTED = "requested"
    DURATION = "duration"
    HELD_COUNTRY = "held_country"
    HELD_CITY = "held_city"
    FIRST_DAY = "first_day"
    DAYS = "days"
    PLACES = "places"
    SPOKEN = "spoken"
    IN_CHARGE = "in_charge"
    PROJECT = "project"
    CITATION = "citation"
    ORGANISATION_KIND = "organisation_kind"
    LANGUAGES = "languages"
    TIME_ZONES = "time_zones"
    WAYS = "ways"
    FROM_DAY = "from_day"
    UNTIL_DAY = "until_day"
    CAPACITY = "capacity"


@dataclass(frozen=True)
class Limit:
    """The least and the most of an answer, both allowed, counted in `unit`.

    Units: words, characters (text), number (the value itself), choices (several answers),
    entries (rows of a list).
    """

    unit: str
    least: Decimal | None = None
    most: Decimal | None = None

    @classmethod
    def of(
        cls, unit: str, *, least: int | str | None = None, most: int | str | None = None
    ) -> Limit:
        """Make a limit from whole numbers or the spelling of decimals."""
        bounds = [None if bound is None else Decimal(bound) for bound in (least, most)]
        return cls(unit, bounds[0], bounds[1])

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain content, ready for JSON."""
        bounds = {"least": self.least, "most": self.most}
        return {"unit": self.unit} | {
            name: plain_decimal(bound) for name, bound in bounds.items() if bound is not None
        }

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Limit:
        """Read what `to_dict` wrote."""
        return cls.of(content["unit"], least=content.get("least"), most=content.get("most"))


@dataclass(frozen=True)
class FileSlot:
    """What may be uploaded here: media types, the largest file in bytes, how many files."""

    accepts: tuple[str, ...] = ("application/pdf",)
    max_bytes: int = 10 * MEGABYTE
    max_count: int = 1

    def format_names(self) -> tuple[str, ...]:
        """The formats as people call them, each once."""
        return tuple(dict.fromkeys(FORMAT_NAMES.get(each, each) for each in self.accepts))

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain content, ready for JSON."""
        return {
            "accepts": list(self.accepts),
            "max_bytes": self.max_bytes,
            "max_count": self.max_count,
        }

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> FileSlot:
        """Read what `to_dict` wrote."""
        return cls(tuple(content["accepts"]), int(content["max_bytes"]), int(content["max_count"]))


@dataclass(frozen=True)
class Question:
    """One question with a stable key, under which its answer is kept through all versions.

    `why` tells why it is asked and `who_sees` who will read the answer. `condition` hides it
    until other answers call for it. `is_sensitive` keeps the value with officers, and out of the
    record and of exports.
    `means` tells the pipeline what the answer is, whatever the question is called. `also` are codes
    that a question for a country takes beside countries, such as those of the stateless
    (`kernel.citizenships`). `columns` are those of a table, `sums` the rules about its amounts.
    `edition` names the wording of a statement: it is kept with who agreed.
    """

    key: str
    type: str
    label: Text
    hint: Text = NO_TEXT
    why: Text = NO_TEXT
    who_sees: tuple[Audience, ...] = (Audience.OFFICERS,)
    required: bool = True
    limit: Limit | None = None
    options: tuple[Option, ...] = ()
    condition: Condition | None = None
    file: FileSlot | None = None
    earliest: date | None = None
    latest: date | None = None
    autocomplete: str = ""
    is_sensitive: bool = False
    edition: str = ""
    means: tuple[Meaning, ...] = ()
    also: tuple[str, ...] = ()
    columns: tuple[TableColumn, ...] = ()
    sums: tuple[SumRule, ...] = ()

    def option_values(self) -> tuple[str, ...]:
        """The values that may be chosen, in their order."""
        return tuple(option.value for option in self.options)

    def to_dict(self) -> dict[str, Any]:
        """Return the question as plain content, ready for JSON; what is not set is left out."""
        content: dict[str, Any] = {
            "key": self.key,
            "type": self.type,
            "label": self.label.to_dict(),
        }
        content |= {
            name: getattr(self, name).to_dict() for name in ("hint", "why") if getattr(self, name)
        }
        content["who_sees"] = [str(audience) for audience in self.who_sees]
        content["required"] = self.required
        content |= {
            name: getattr(self, name).to_dict()
            for name in _PARTS
            if getattr(self, name) is not None
        }
        content |= {
            name: getattr(self, name).isoformat()
            for name in ("earliest", "latest")
            if getattr(self, name)
        }
        content |= {
            name: getattr(self, name)
            for name in ("autocomplete", "is_sensitive", "edition")
            if getattr(self, name)
        }
        content |= {"means": [str(meaning) for meaning in self.means]} if self.means else {}
        content |= {"also": list(self.also)} if self.also else {}
        return content | {
            name: [part.to_dict() for part in getattr(self, name)]
            for name in ("options", "columns", "sums")
            if getattr(self, name)
        }

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Question:
        """Read what `to_dict` wrote; refuses unknown or missing parts, naming the question."""
        key = str(content.get("key", ""))
        unknown = sorted(set(content) - {field.name for field in fields(cls)})
        if unknown:
            raise BadDefinition(
                gettext_noop("Question “%(key)s” has unknown parts: %(parts)s."),
                key=key,
                parts=tuple(unknown),
            )
        try:
            return cls(**_read_parts(content))
        except (KeyError, TypeError, ValueError, ArithmeticError) as fault:
            raise BadDefinition(
                gettext_noop("Question “%(key)s” cannot be read: %(fault)s."), key=key, fault=fault
            ) from fault


_PARTS = ("limit", "condition", "file")
_READERS: Mapping[str, Any] = {
    "label": Text.from_dict,
    "hint": Text.from_dict,
    "why": Text.from_dict,
    "who_sees": lambda audiences: tuple(Audience(audience) for audience in audiences),
    "limit": Limit.from_dict,
    "options": lambda options: tuple(Option.from_dict(option) for option in options),
    "condition": read_condition,
    "file": FileSlot.from_dict,
    "earliest": date.fromisoformat,
    "latest": date.fromisoformat,
    "means": lambda meanings: tuple(Meaning(meaning) for meaning in meanings),
    "also": tuple,
    "columns": lambda columns: tuple(TableColumn.from_dict(column) for column in columns),
    "sums": lambda sums: tuple(SumRule.from_dict(rule) for rule in sums),
}


def _read_parts(content: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _READERS[name](part) if name in _READERS else part for name, part in content.items()
    }


@dataclass(frozen=True)
class Section:
    """Questions of one topic, shown on one page and named in the task list."""

    key: str
    title: Text
    questions: tuple[Question, ...]
    intro: Text = NO_TEXT

    def to_dict(self) -> dict[str, Any]:
        """Return the section as plain content, ready for JSON."""
        content: dict[str, Any] = {"key": self.key, "title": self.title.to_dict()}
        content |= {"intro": self.intro.to_dict()} if self.intro else {}
        return content | {"questions": [question.to_dict() for question in self.questions]}

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Section:
        """Read what `to_dict` wrote."""
        if not isinstance(content.get("questions"), list) or "key" not in content:
            raise BadDefinition(gettext_noop("A section needs a key and a list of questions."))
        questions = tuple(Question.from_dict(question) for question in content["questions"])
        return cls(
            content["key"],
            Text.from_dict(content.get("title")),
            questions,
            Text.from_dict(content.get("intro")),
        )


@dataclass(frozen=True)
class Form:
    """Everything that is asked, in order. A form never changes: a change makes a new one.

    ``label`` is what the form is called, beside the other forms of the same object.
    """

    sections: tuple[Section, ...]
    label: Text = NO_TEXT

    def questions(self) -> Iterator[Question]:
        """All questions in order."""
        for section in self.sections:
            yield from section.questions

    def question(self, key: str) -> Question:
        """The question with that key; KeyError when there is none."""
        for question in self.questions():
            if question.key == key:
                return question
        raise KeyError(key)

    def section(self, key: str) -> Section:
        """The section with that key; KeyError when there is none."""
        for section in self.sections:
            if section.key == key:
                return section
        raise KeyError(key)

    def section_of(self, question_key: str) -> Section:
        """The section that asks that question; KeyError when none does."""
        for section in self.sections:
            if any(question.key == question_key for question in section.questions):
                return section
        raise KeyError(question_key)

    def keys(self) -> tuple[str, ...]:
        """The keys of all questions in order."""
        return tuple(question.key for question in self.questions())

    def to_dict(self) -> dict[str, Any]:
        """Return the form as plain content, ready for JSON."""
        content = {"label": self.label.to_dict()} if self.label else {}
        return content | {"sections": [section.to_dict() for section in self.sections]}

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Form:
        """Read what `to_dict` wrote; refuses anything malformed, naming the place."""
        if not isinstance(content.get("sections"), list):
            raise BadDefinition(gettext_noop("A form needs a list of sections."))
        sections = tuple(Section.from_dict(section) for section in content["sections"])
        return cls(sections, Text.from_dict(content.get("label")))

    @property
    def hash(self) -> str:
        """The SHA-256 of the form's canonical JSON: equal exactly for equal forms."""
        return content_hash(self.to_dict())
