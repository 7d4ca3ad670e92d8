"""The record in words. Each app names its own verbs, and the kinds of objects that it records; an
entry then reads as a sentence in the reader's language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anso.audit.models import Entry
from anso.kernel.actors import CLOCK, SETUP, WORKER
from anso.kernel.registers import Register

# A verb as the middle of a sentence: Amina *submitted an application*.
VERBS: Register[Promise] = Register("verbs in words")
# By the label of the model, as the record keeps it.
KINDS: Register[Promise] = Register("kinds of objects on the record")

# What acts on its own, by the name under which the record keeps it.
PROCESSES: Mapping[str, Promise] = {
    CLOCK.name: _("the clock of the system"),
    WORKER.name: _("the system, in the background"),
    SETUP.name: _("the set-up of the installation"),
}

# How the name of an object reads that the record keeps in codes, by the label of its model.
LABELS: Register[Callable[[str], str]] = Register("names of objects on the record")


def verb_words(verb: str) -> str:
    """What happened, in words. A verb that no app names, such as one of years ago, names itself."""
    return str(VERBS.get(verb, verb.replace("_", " ")))


def label_words(kind: str, label: str) -> str:
    """The name under which the record keeps an object, in words: the record itself is in no
    language.
    """
    words = LABELS.get(kind)
    return words(label) if words else label


def actors_in_words(
    entries: Sequence[Entry], names: Mapping[int, str], *, is_told_apart: bool = False
) -> list[tuple[Entry, str]]:
    """Each entry with who acted: a person by the name that they have today, a process of the system
    in words, anybody else as the record keeps them. Where two of one name acted, ``is_told_apart``
    adds the address that the record keeps; only for readers who may read it.
    """
    acting = {key: names[key] for each in entries if (key := each.actor_id) in names and key}
    often = Counter(acting.values())
    found = []
    for each in entries:
        name = acting.get(each.actor_id or 0)
        if name is None:
            said = str(PROCESSES.get(each.actor_label, each.actor_label))
        else:
            is_shared = is_told_apart and often[name] > 1
            said = f"{name} ({each.actor_label})" if is_shared else name
        found.append((each, said))
    return found


def kind_words(kind: str) -> str:
    """What kind of object it happened to, in words."""
    return str(KINDS.get(kind, kind))
