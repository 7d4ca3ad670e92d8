"""The record in words. Each app names its own verbs, and the kinds of objects that it records; an
entry then reads as a sentence in the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.functional import Promise

from anso.kernel.registers import Register

# A verb as the middle of a sentence: Amina *submitted an application*.
VERBS: Register[Promise] = Register("verbs in words")
# By the label of the model, as the record keeps it.
KINDS: Register[Promise] = Register("kinds of objects on the record")

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


def kind_words(kind: str) -> str:
    """What kind of object it happened to, in words."""
    return str(KINDS.get(kind, kind))
