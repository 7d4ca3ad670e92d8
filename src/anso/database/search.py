"""Lists that are searched by an index of trigrams, however a name is spelled.

Here: the column that keeps what is looked through, and the condition that asks it. Not here: how
text is folded (`kernel.names`).
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Model, Q

from anso.kernel.names import search_parts, search_text


class SearchTextField(models.TextField):
    """Repeats other columns of its row, folded, each time the row is saved or created in bulk; so
    nobody can forget it. Put an index of trigrams over it.
    """

    def __init__(self, *parts: str, **options: Any) -> None:
        self.parts = parts
        super().__init__(**({"editable": False} | options))

    def deconstruct(self) -> Any:
        """How a migration writes the column down."""
        name, path, _arguments, options = super().deconstruct()
        return name, path, list(self.parts), options

    def pre_save(self, model_instance: Model, add: bool) -> str:
        """What the row says now."""
        text = search_text(*(str(getattr(model_instance, part)) for part in self.parts))
        setattr(model_instance, self.attname, text)
        return text


def has_words(text: str, column: str = "search_text") -> Q:
    """Rows in whose search text all words of a text occur, in any order, accented or not; all rows
    for a text without words.
    """
    return Q(*(Q(**{f"{column}__contains": part}) for part in search_parts(text)))
