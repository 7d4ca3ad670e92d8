"""What apps need of PostgreSQL beyond the ORM, by Django's public interface alone: no models and no
words of the product. Here: statements that are planned once on each connection.
"""

from __future__ import annotations

from anso.database import among as among  # a lookup, which is registered by being read
from anso.database.prepared import STATEMENTS, Prepared, PreparedValues, Statement

__all__ = ["STATEMENTS", "Prepared", "PreparedValues", "Statement"]
