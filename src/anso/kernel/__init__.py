"""Pure product rules that need no database: no Django in here."""
