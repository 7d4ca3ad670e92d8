"""What is wrong with the design of a call: a code, the facts and the part of the design that
mends it.

Belongs here: the value. Finding faults belongs to the checks of each part (terms, forms, rules);
words in the reader's language are made at the page, from the message and its facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from anso.kernel.wording import Message


class DesignPart(StrEnum):
    """The parts of a call's design, each with a page of its own."""

    TEXT = "text"
    DATES = "dates"
    INTAKE = "intake"
    NOUNS = "nouns"
    OCCASION = "occasion"
    STAGES = "stages"
    NAMES_OF_STAGES = "names_of_stages"
    OUTCOME = "outcome"
    RUBRIC = "rubric"
    CONFLICTS = "conflicts"
    RULES = "rules"
    MAKERS_OF_RULES = "makers_of_rules"
    FURTHER_RULES = "further_rules"
    LETTERS = "letters"
    BENEFITS = "benefits"
    LEVELS = "levels"
    HOSTS = "hosts"
    GROUPS = "groups"
    PLACES = "places"
    QUESTIONS = "questions"
    SECTIONS = "sections"
    PEOPLE = "people"
    EDITION = "edition"


@dataclass(frozen=True)
class DesignFault:
    """Something missing, contradictory or doubtful: where it is mended, what it is, and whether it
    prevents publication. ``at`` leads further within the part: the key of a row, of a rubric, or
    the purpose of a form and the key of a question.
    """

    part: DesignPart
    message: Message
    is_blocking: bool = True
    at: tuple[str, ...] = ()

    def __str__(self) -> str:
        return str(self.message)

    @property
    def code(self) -> str:
        """The stable code of what is wrong."""
        return self.message.code


def faults_of(part: DesignPart, messages: Iterable[Message]) -> Iterator[DesignFault]:
    """The same messages as faults of one part."""
    return (DesignFault(part, message) for message in messages)
