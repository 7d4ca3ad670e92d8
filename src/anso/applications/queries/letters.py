"""Reading letters: who is asked by which question, what became of each, until when they count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Lower
from django.http import Http404

from anso.accounts.models import Account
from anso.applications.enums import LetterAnswer
from anso.applications.lifecycle import WAITED_FOR
from anso.applications.models import Application, Letter
from anso.applications.queries.answers import get_form_of, get_submitted_form, plain_answers
from anso.applications.queries.readers import audiences_of
from anso.applications.queries.visibility import applications_visible_to, letters_of
from anso.applications.queries.windows import deadline_of
from anso.calls.models import Call
from anso.calls.queries import (
    NoForm,
    get_form,
    get_terms,
    letters_due_at,
    letters_extended_to,
)
from anso.kernel.addresses import same_mailbox
from anso.kernel.names import fold
from anso.kernel.questions import (
    NOTHING_READ,
    FileSlot,
    Form,
    Question,
    ReadAnswers,
    is_read_by,
    read_by,
    shown_questions,
)
from anso.kernel.terms import Host, LetterRule, Terms
from anso.notifications.models import Message

PURPOSE = "letter"
WORDS = ("file", "longtext")
ACCEPTANCE = "is_acceptance"  # the question whose answer is a writer's yes or no
REQUEST_CODE = "applications.letter_request"


@dataclass(frozen=True)
class LetterSlot:
    """One writer that the form names: the question, the kind of letter, its place, and the host a
    supervisor answers for. Where a question names several, ``row`` is the place among them.
    """

    question: Question
    rule: LetterRule
    position: int
    host: Host | None = None
    row: int | None = None

    @property
    def key(self) -> str:
        """What names the writer on a page: the key of the question, with the row where there are
        several.
        """
        return self.question.key if self.row is None else f"{self.question.key}:{self.row}"

    def question_here(self) -> Question:
        """What is asked about this writer alone: of a list, one person under the key of the row."""
        if self.row is None:
            return self.question
        return replace(self.question, key=self.key, type="person", limit=None)

    def person_in(self, answers: Mapping[str, Any]) -> Mapping[str, Any]:
        """Whom the answers name here; nothing where nobody is named."""
        named = answers.get(self.question.key)
        if self.row is not None:
            listed = named if isinstance(named, list) else []
            named = listed[self.row] if self.row < len(listed) else None
        return named if isinstance(named, Mapping) else {}

    def with_person(self, answers: Mapping[str, Any], person: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to save so that somebody else is named here."""
        if self.row is None:
            return {self.question.key: dict(person)}
        rows = [dict(row) for row in answers.get(self.question.key) or ()]
        # What one writer's fields do not ask, or leave empty, stays as the form has it.
        rows[self.row] |= {part: text for part, text in person.items() if text}
        return {self.question.key: rows}

    def letter_among(self, letters: Iterable[Letter], answers: Mapping[str, Any]) -> Letter | None:
        """The letter that stands for this writer: by the question, and in a list by whom it was
        asked of, wherever that one stands now.
        """
        own = [letter for letter in letters if letter.question_key == self.question.key]
        if self.row is None:
            return next(iter(own), None)
        person = self.person_in(answers)
        name, address = fold(person.get("name", "")), same_mailbox(person.get("email", ""))
        asked = [each for each in own if address and same_mailbox(each.email) == address]
        asked += [each for each in own if name and fold(each.full_name) == name]
        return next(iter(asked), None)

    @property
    def kind(self) -> str:
        """The kind of letter."""
        return self.rule.kind


def all_letter_slots(form: Form, terms: Terms) -> list[LetterSlot]:
    """Every writer the form can name, by the rules of the call."""
    hosts, asked = (
        {host.key: host for host in terms.hosts},
        {question.key: question for question in form.questions()},
    )
    return [
        LetterSlot(asked[key], rule, position, hosts.get(rule.hosts.get(key, "")))
        for rule in terms.letters
        for position, key in enumerate(rule.asked_in, 1)
        if key in asked
    ]


def letter_slots(application: Application) -> list[LetterSlot]:
    """The writers this application needs, by the answers so far: no supervisor for a host that is
    not preferred.
    """
    terms = get_terms(application.call)
    return slots_shown(terms, get_form_of(application), plain_answers(application))


def slots_shown(terms: Terms, form: Form, answers: Mapping[str, Any]) -> list[LetterSlot]:
    """The writers that these answers to this form call for."""
    shown = {question.key for question in shown_questions(form, answers)}
    return [
        each
        for slot in all_letter_slots(form, terms)
        if slot.question.key in shown
        for each in _rows_of(slot, answers)
    ]


def _rows_of(slot: LetterSlot, answers: Mapping[str, Any]) -> list[LetterSlot]:
    if slot.question.type != "partners":
        return [slot]
    named = answers.get(slot.question.key)
    rows = range(len(named) if isinstance(named, list) else 0)
    return [replace(slot, row=row, position=row + 1) for row in rows]


def writer_keys(form: Form, call: Call) -> frozenset[str]:
    """The questions of the form that name writers of letters, asked or not."""
    return frozenset(slot.question.key for slot in all_letter_slots(form, get_terms(call)))


def get_letter_slot(application: Application, question_key: str) -> LetterSlot | None:
    """The writer that one question names, or None when the form asks for none there."""
    return next((slot for slot in letter_slots(application) if slot.key == question_key), None)


def new_letter_due_at(application: Application, rule: LetterRule) -> dt.datetime:
    """Until when a letter counts that is asked for now: so many days after the window closes in
    which the application is written. Whoever is first named in a full proposal has time to answer.
    """
    return _latest_due(application, rule, letters_extended_to(application.call))


def new_letters_due_at(application: Application) -> dict[str, dt.datetime]:
    """The same for every kind of letter of the call at once."""
    extended_to = letters_extended_to(application.call)
    rules = get_terms(application.call).letters
    return {rule.kind: _latest_due(application, rule, extended_to) for rule in rules}


def _latest_due(
    application: Application, rule: LetterRule, extended_to: dt.datetime | None
) -> dt.datetime:
    due_at = deadline_of(application).days_later(rule.days_after_close).closes_at
    return max(due_at, extended_to or due_at)


def letter_due_at(letter: Letter) -> dt.datetime:
    """Until when this letter counts. An extension of the call moves it along; it never moves
    earlier. Days for letters that were extended by themselves stand in ``due_at`` already.
    """
    call = letter.application.call
    return due_by_rule(letter, call, get_terms(call).letter_rule(letter.kind))


def due_by_rule(letter: Letter, call: Call, rule: LetterRule | None) -> dt.datetime:
    """The same where the call and its rule are at hand."""
    return max(letter.due_at, letters_due_at(call, rule)) if rule else letter.due_at


@dataclass(frozen=True)
class LetterStatus:
    """What an applicant may know about one letter: who, how far, never what it says."""

    slot: LetterSlot
    letter: Letter | None
    person: Mapping[str, str]
    code: str

    @property
    def name(self) -> str:
        """Who is asked, or named."""
        return self.letter.full_name if self.letter else self.person.get("name", "")

    @property
    def email(self) -> str:
        """The address the link goes to."""
        return self.letter.email if self.letter else self.person.get("email", "")

    @property
    def needs_attention(self) -> bool:
        """Whether only the applicant can help on."""
        return self.code in {"bounced", "declined", "refused", "asking"}

    @property
    def is_given(self) -> bool:
        """Whether what was asked for is there; a No is an answer and not what was asked for."""
        return self.code in {"completed", "agreed"}


def letter_statuses(application: Application) -> list[LetterStatus]:
    """Each writer the application needs by the answers so far, with what became of the mail and
    the letter: for the applicant.
    """
    return _statuses(application, letter_slots(application), plain_answers(application))


def submitted_letter_statuses(application: Application) -> list[LetterStatus]:
    """The same by what was submitted, for everybody else; empty before the first submission."""
    submission = application.submission
    if submission is None:
        return []
    form, answers = get_submitted_form(submission), submission.answers
    slots = slots_shown(get_terms(application.call), form, answers)
    return _statuses(application, slots, answers)


def _statuses(
    application: Application, slots: list[LetterSlot], answers: Mapping[str, Any]
) -> list[LetterStatus]:
    letters = list(letters_of(application))
    for each in letters:
        each.application = application
    mails = _latest_mails([letter.pk for letter in letters])
    statuses = []
    for slot in slots:
        letter = slot.letter_among(letters, answers)
        named = slot.person_in(answers)
        code = (
            _letter_code(letter, mails.get(letter.pk, ""))
            if letter
            else ("named" if named.get("email") else "open")
        )
        statuses.append(LetterStatus(slot, letter, named, code))
    return statuses


ANSWERED = {LetterAnswer.YES: "agreed", LetterAnswer.NO: "refused"}


def _letter_code(letter: Letter, mail_state: str) -> str:
    if letter.state != "asked":
        return ANSWERED.get(letter.answer, letter.state)
    if mail_state in {"bounced", "failed"}:
        return "bounced"
    return "sent" if mail_state == "sent" else "waiting"


def _latest_mails(letter_ids: list[int]) -> dict[int, str]:
    if not letter_ids:
        return {}
    found = Message.objects.filter(
        about_type=Letter._meta.label_lower, about_id__in=letter_ids, code=REQUEST_CODE
    )
    return dict(
        found.order_by("about_id", "-created_at", "-id")
        .distinct("about_id")
        .values_list("about_id", "state")
    )


def letters_waited_for(call: Call) -> QuerySet[Letter]:
    """Letters of a call that are still waited for, with what a mail to their writers needs, in
    order.
    """
    found = Letter.objects.filter(application__call=call, state__in=WAITED_FOR)
    standing = found.exclude(application__state__in=("withdrawn", "decided"))
    joined = standing.select_related("application__call", "application__applicant__account")
    return joined.order_by("id")


def asked_at_own_address(account: Account) -> QuerySet[Letter]:
    """Letters of which a confirmed address of this account was asked."""
    confirmed = EmailAddress.objects.filter(user_id=account.pk, verified=True)
    folded = confirmed.annotate(folded=Lower("email")).values("folded")
    return Letter.objects.annotate(folded=Lower("email")).filter(folded__in=folded)


def letters_asked_of(account: Account) -> QuerySet[Letter]:
    """Letters not given yet of which a confirmed address of this account was asked, the most
    pressing first; what was withdrawn or cancelled left out.
    """
    waiting = asked_at_own_address(account).filter(state__in=WAITED_FOR)
    standing = waiting.exclude(
        Q(application__state="withdrawn") | Q(application__call__state="cancelled")
    )
    return standing.select_related(
        "application__call__programme",
        "application__applicant",
        "application__form_version",
        "application__submission__form_version",
    ).order_by("due_at", "id")


def get_letter_asked_of(account: Account, reference: str) -> Letter:
    """One letter of which this account was asked, given or not; Http404 for everybody else."""
    asked = asked_at_own_address(account).filter(state__in=(*WAITED_FOR, "completed"))
    found = asked.select_related("application__call").filter(reference=reference).first()
    if found is None:
        raise Http404("no such letter")
    return found


def letter_form_of(letter: Letter) -> Form:
    """What is asked of the writer; a form with no question where the call asks none."""
    return _form_for_writers(letter.application.call, letter.kind)


def _form_for_writers(call: Call, kind: str) -> Form:
    try:
        return get_form(call, kind)[1]
    except NoForm:
        return Form(())


def is_asked_yes_or_no(letter: Letter) -> bool:
    """Whether what this writer is asked for is a yes or no, such as whether they agree."""
    return asks_yes_or_no(letter.application.call, letter.kind)


def asks_yes_or_no(call: Call, kind: str) -> bool:
    """The same of all writers of one kind of letter of a call; asked once for each call that was
    loaded, however many are written to.
    """
    known: dict[str, bool] = call.__dict__.setdefault("_asks_yes_or_no", {})
    if kind not in known:
        questions = _form_for_writers(call, kind).questions()
        known[kind] = any(each.key == ACCEPTANCE for each in questions)
    return known[kind]


def slot_of_mailed_letter(letter: Letter) -> FileSlot:
    """What file a letter may be: as its form asks for it, else as any document."""
    asked = (each.file for each in letter_form_of(letter).questions() if each.file is not None)
    return next(asked, FileSlot())


def letter_visible_to(account: Model | None, letter: Letter, now: dt.datetime) -> ReadAnswers:
    """What this person reads of a letter that was given: staff of the call what the letter's form
    asks for their eyes, the applicant never anything.
    """
    if not is_letter_read_by(account, letter, now):
        return NOTHING_READ
    audiences = audiences_of(account, letter.application.call, now)
    return read_by(letter_form_of(letter), letter.answers, audiences)


def is_letter_read_by(account: Model | None, letter: Letter, now: dt.datetime) -> bool:
    """Whether somebody reads of a letter that was given: never the applicant."""
    others = applications_visible_to(account, now).exclude(applicant__account_id=_key_of(account))
    return letter.state == "completed" and others.filter(pk=letter.application_id).exists()


def is_letter_file_visible_to(account: Model | None, letter: Letter, now: dt.datetime) -> bool:
    """Whether this person may open the file of a letter: as a document, it follows its question."""
    if letter.file_id is None or not is_letter_read_by(account, letter, now):
        return False
    if letter.taken_down_by_id is None:
        read = letter_visible_to(account, letter, now)
        return any(each.type == "file" for each in read.form.questions())
    # What came by mail stands for the words that the form asks for: who reads them reads it.
    audiences = audiences_of(account, letter.application.call, now)
    words = [each for each in letter_form_of(letter).questions() if each.type in WORDS]
    return any(is_read_by(each, audiences) for each in words)


def _key_of(account: Model | None) -> int:
    return account.pk or 0 if account is not None else 0
