"""Adding a stage to a call and taking one away, with the rubric and the form that belong to it.

A stage is made from the blocks that there are (`kernel.terms.stages`); its place follows from its
first day. Not here: its days and its name, which pages of their own change.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.db import transaction

from anso.calls.actions.design import lock_for_editing, write_terms
from anso.calls.actions.locking import parts_changed_since
from anso.calls.actions.questions import CHANGED_SINCE
from anso.calls.models import Call
from anso.calls.queries import form_purposes, get_working_form
from anso.calls.queries.amendments import is_amending, reasons_against_removal
from anso.calls.queries.stages import own_form_of
from anso.kernel.actors import Actor
from anso.kernel.drafts import Merge
from anso.kernel.errors import BadInput, ProductError, Stale
from anso.kernel.keys import free_key, key_stem
from anso.kernel.questions import Audience, Form, require_sound_form
from anso.kernel.terms import Stage, Terms
from anso.kernel.terms.stages import (
    OWN_RUBRIC,
    STAGE_KINDS,
    addable_kinds,
    with_stage,
    without_stage,
)
from anso.kernel.terms.tables import STAGES
from anso.kernel.wording import FALLBACK_LANGUAGE, Text, gettext_noop
from anso.programmes.catalogue import KINDS
from anso.programmes.catalogue.bank import without_readers
from anso.programmes.outcomes import read_terms
from anso.questionnaires.models import FormVersion
from anso.questionnaires.queries import owned_by, versions_of

# The purpose of a form has room for so many characters.
LONGEST_KEY = 20


@dataclass(frozen=True)
class NewStage:
    """A stage as an officer wants it: of a kind that can be added, with its days (the last one
    included). ``rubric`` is the key of the rubric by which it judges, blank for the call's own;
    OWN_RUBRIC asks for a further one.
    """

    kind: str
    label: Text
    starts_on: dt.date
    ends_on: dt.date
    rubric: str = ""


@transaction.atomic
def add_stage(*, call: Call, new: NewStage, actor: Actor, now: dt.datetime) -> str:
    """Add a stage to a draft call, or to an amendment; returns its key.

    Refuses days on which it cannot be, and a name that another stage has.
    """
    locked = lock_for_editing(call, actor, now)
    terms, kind = read_terms(locked.design), STAGE_KINDS.get(new.kind)
    if kind is None or new.kind not in addable_kinds(terms):
        raise BadInput(gettext_noop("This call takes no further stage of this kind."))
    _require_name(terms, new.label)
    if new.ends_on < new.starts_on:
        raise BadInput(gettext_noop("It ends before it begins."), field="ends_on")
    key = _free_stage_key(locked, terms, new.label)
    rubric = ""
    if kind.is_judged:
        rubric = key if new.rubric == OWN_RUBRIC else new.rubric
        if rubric and rubric != key and rubric not in terms.rubrics:
            raise BadInput(gettext_noop("Choose one of the answers in the list."), field="rubric")
    form = key if kind.has_form else ""
    stage = Stage(key, kind.block, new.label, new.starts_on, new.ends_on, form, rubric)
    if form:
        _make_form(locked, terms, stage, now)
    changed, merge = with_stage(terms, stage, kind), _stamp(locked, key)
    write_terms(call, locked, changed, merge, "add_stage", actor=actor, now=now)
    return key


def _require_name(terms: Terms, label: Text) -> None:
    if FALLBACK_LANGUAGE not in label:
        raise BadInput(gettext_noop("This must be there in English."), field="label_en")
    names = {str(stage.label).strip().casefold() for stage in terms.stages}
    if str(label).strip().casefold() in names:
        text = gettext_noop("Another stage is called “%(name)s” already. Name this one apart.")
        raise BadInput(text, name=str(label), field="label_en")


def _free_stage_key(locked: Call, terms: Terms, label: Text) -> str:
    """A key that neither a stage, a rubric, a letter nor a form has."""
    taken = {
        *(stage.key for stage in terms.stages),
        *terms.rubrics,
        *(rule.kind for rule in terms.letters),
        *form_purposes(locked),
    }
    return free_key(key_stem(label[FALLBACK_LANGUAGE])[:LONGEST_KEY].strip("_") or "stage", taken)


def _make_form(locked: Call, terms: Terms, stage: Stage, now: dt.datetime) -> None:
    """A further window begins with what the first one asks; answers to reviewers with the form of
    a programme that has them.
    """
    if stage.block == "applications":
        form = get_working_form(locked)[1]
    else:
        form = _shipped_form(stage.block)
        form = form if terms.hosts else without_readers(form, Audience.HOSTS)
        form = form if terms.letters else without_readers(form, Audience.WRITERS)
    named = require_sound_form(replace(form, label=stage.label))
    FormVersion.objects.create(
        **owned_by(locked),
        purpose=stage.form,
        number=1,
        definition=named.to_dict(),
        sha256=named.hash,
        created_at=now,
    )


def _shipped_form(block: str) -> Form:
    """What the first programme of the catalogue that has such a stage asks in it."""
    return next(
        kind.forms()[stage.form]
        for kind in KINDS.values()
        for stage in kind.stages
        if stage.block == block and stage.form
    )


@transaction.atomic
def remove_stage(
    *, call: Call, key: str, base_revision: int, actor: Actor, now: dt.datetime
) -> None:
    """Take a stage away, with the form and the rubric that nothing else uses.

    Refused for the window in which everybody applies, in an amendment for what has begun or what
    something hangs on, where the rest would contradict itself, and (Stale) when another officer
    changed it since ``base_revision``.
    """
    locked = lock_for_editing(call, actor, now)
    terms = read_terms(locked.design)
    stage = next((each for each in terms.stages if each.key == key), None)
    if stage is None:
        raise Stale(gettext_noop("Somebody took this away meanwhile."), code="removed")
    if stage == terms.window:
        raise BadInput(gettext_noop("A call begins with the window in which people submit."))
    if is_amending(locked):
        for message in reasons_against_removal(locked, stage, now):
            raise BadInput.of(message)
    _require_seen(locked, stage, base_revision)
    form = own_form_of(terms, stage)
    changed, merge = without_stage(terms, key), _stamp(locked, key)
    try:
        write_terms(call, locked, changed, merge, "remove_stage", actor=actor, now=now)
    except ProductError as fault:
        text = gettext_noop("It is still needed. %(fault)s")
        raise BadInput(text, fault=fault.message) from fault
    if form:
        versions_of(locked).filter(purpose=form, published_at__isnull=True).delete()


def _require_seen(locked: Call, stage: Stage, base_revision: int) -> None:
    """What another officer wrote for it since would go unseen: its days, its name, its rubric, its
    questions.
    """
    starts = [f"stage-{stage.key}", f"{STAGES.start}{stage.key}."]
    starts += [f"{stage.form}."] if stage.form else []
    starts += [f"{stage.rubric}:"] if stage.rubric else []
    if any(parts_changed_since(locked, start, base_revision) for start in starts):
        raise Stale(CHANGED_SINCE)


def _stamp(locked: Call, key: str) -> Merge:
    """A page that showed the stage, or where it was not, is stale."""
    revision = locked.revision + 1
    names = (f"stage-{key}", f"{STAGES.start}{key}.", f"{STAGES.start}order")
    return Merge(revision, {**locked.revisions, **dict.fromkeys(names, revision)})
