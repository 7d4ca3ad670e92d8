"""The one error that selection methods raise for input they cannot accept.

Here belongs the error class. The words of each message belong to the method that refuses.
"""

from __future__ import annotations


class SelectionError(ValueError):
    """Input that a selection method refuses, said in words a programme officer can act on."""
