"""Lists that are searched by an index of trigrams, however a name is spelled, and sorted as their
readers expect.

Here: the columns that keep what is looked through and sorted by, and the condition that asks. Not
here: how text is folded (`kernel.names`) and ordered (`kernel.collation`).
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Model, Q

from anso.kernel.collation import sort_key
from anso.kernel.names import search_parts, search_text


class SearchTextField(models.TextField):
    """Repeats other columns of its row, folded, each time the row is saved or created in bulk; so
    nobody can forget it. Put an index of trigrams over it. With ``are_names`` it is also found by
    names in another script.
    """

    def __init__(self, *parts: str, **options: Any) -> None:
        self.parts, self.are_names = parts, options.pop("are_names", False)
        super().__init__(**({"editable": False} | options))

    def deconstruct(self) -> Any:
        """How a migration writes the column down."""
        name, path, _arguments, options = super().deconstruct()
        return name, path, list(self.parts), options | {"are_names": self.are_names}

    def pre_save(self, model_instance: Model, add: bool) -> str:
        """What the row says now."""
        told = [str(getattr(model_instance, part)) for part in self.parts]
        text = search_text(*told, names=told if self.are_names else ())
        setattr(model_instance, self.attname, text)
        return text


class SortKeyField(models.BinaryField):
    """By what another column of its row sorts for readers of a language; written whenever the row
    is saved or created in bulk. The database compares these keys byte by byte, so its own
    collations, which differ from host to host, play no part.
    """

    def __init__(self, source: str, language: str, **options: Any) -> None:
        self.source, self.language = source, language
        fixed: dict[str, Any] = {"editable": False, "default": b""}
        super().__init__(**(fixed | options))

    def deconstruct(self) -> Any:
        """How a migration writes the column down."""
        name, path, _arguments, options = super().deconstruct()
        return name, path, [self.source, self.language], options

    def pre_save(self, model_instance: Model, add: bool) -> bytes:
        """What the row says now."""
        key = sort_key(str(getattr(model_instance, self.source)), self.language)
        setattr(model_instance, self.attname, key)
        return key


def has_words(text: str, column: str = "search_text") -> Q:
    """Rows in whose search text all words of a text occur, in any order, accented or not, names
    also where they are written in another script; all rows for a text without words.
    """
    found = Q()
    for spellings in search_parts(text):
        one_of = Q()
        for spelling in spellings:
            one_of |= Q(**{f"{column}__contains": spelling})
        found &= one_of
    return found
