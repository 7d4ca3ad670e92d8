"""Applications in words: where each stands, its task list, letters, the receipt, to-dos; and what
the app adds to registers.
"""

from __future__ import annotations

from anso.applications.wording.answers import value_in_words, words_of_earlier_form
from anso.applications.wording.calendar import application_events
from anso.applications.wording.letters import (
    closed_words,
    lack_codes,
    lack_in_words,
    lack_told,
    lacking_in_list,
    lacks_in_words,
    letter_context,
    letter_state,
    letters_options,
    need_of_lack,
    need_of_status,
    needs_by_question,
    texts_typed,
)
from anso.applications.wording.mail import (
    after_close,
    application_told,
    letter_told,
    letter_told_to_applicant,
    submission_told,
)
from anso.applications.wording.matters import matters_of
from anso.applications.wording.people import PERSON_SHELVES
from anso.applications.wording.receipt_pdf import receipt_payload
from anso.applications.wording.record import FIELDS, WAYS
from anso.applications.wording.registered import (
    APPLICATION_LINKS,
    CALL_LINKS,
    DESK_PAGES,
    FURTHER_LINES,
    KINDS,
    MAIL_KINDS,
    NAMING_PAGES,
    OWN_PAGES,
    SEARCHABLES,
    VERBS,
    FurtherLine,
    application_link,
    further_lines_of,
)
from anso.applications.wording.screening import (
    question_about,
    question_before,
    screening_verb,
    state_tone,
    state_word,
)
from anso.applications.wording.standing import Standing, standing_of, standings_of
from anso.applications.wording.status import (
    next_steps,
    short_status,
    status_in_words,
    steps_ahead,
    who_can_see,
)
from anso.applications.wording.tasks import (
    ELIGIBILITY_TONES,
    eligibility_in_words,
    find_problem_url,
    section_url,
    task_lines,
)
from anso.applications.wording.todo import screening_in_words, todo_items_for

__all__ = [
    "APPLICATION_LINKS",
    "CALL_LINKS",
    "DESK_PAGES",
    "ELIGIBILITY_TONES",
    "FIELDS",
    "FURTHER_LINES",
    "KINDS",
    "MAIL_KINDS",
    "NAMING_PAGES",
    "OWN_PAGES",
    "PERSON_SHELVES",
    "SEARCHABLES",
    "VERBS",
    "WAYS",
    "FurtherLine",
    "Standing",
    "after_close",
    "application_events",
    "application_link",
    "application_told",
    "closed_words",
    "eligibility_in_words",
    "find_problem_url",
    "further_lines_of",
    "lack_codes",
    "lack_in_words",
    "lack_told",
    "lacking_in_list",
    "lacks_in_words",
    "letter_context",
    "letter_state",
    "letter_told",
    "letter_told_to_applicant",
    "letters_options",
    "matters_of",
    "need_of_lack",
    "need_of_status",
    "needs_by_question",
    "next_steps",
    "question_about",
    "question_before",
    "receipt_payload",
    "screening_in_words",
    "screening_verb",
    "section_url",
    "short_status",
    "standing_of",
    "standings_of",
    "state_tone",
    "state_word",
    "status_in_words",
    "steps_ahead",
    "submission_told",
    "task_lines",
    "texts_typed",
    "todo_items_for",
    "value_in_words",
    "who_can_see",
    "words_of_earlier_form",
]
