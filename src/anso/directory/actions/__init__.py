"""Shipped facts brought into the directory; what people say of themselves. Import from here."""

from __future__ import annotations

from anso.directory.actions.people import name_person
from anso.directory.actions.reference import load_countries, load_organisations
from anso.directory.actions.shipped import Brought, Difference, bring_rows

__all__ = [
    "Brought",
    "Difference",
    "bring_rows",
    "load_countries",
    "load_organisations",
    "name_person",
]
