"""Programmes that the alliance runs: a row names a kind, whose declaration stands in the
catalogue.
"""

from __future__ import annotations

from django.db import models

from anso.kernel.references import new_reference


class Programme(models.Model):
    """One programme of the alliance, such as the Fellowship for Young Talents; its calls follow the
    declaration of its kind.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=40, help_text="A code of the catalogue.")
    name = models.JSONField(help_text="Text by language.")
    summary = models.JSONField(default=dict, help_text="Text by language.")
    division = models.CharField(
        max_length=60, blank=True, help_text="Code of the body of the Secretariat that runs it."
    )
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.code
