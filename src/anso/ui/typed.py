"""What somebody typed into a form that could not be taken, so that the page which says so can give it back.

Belongs here: telling words from codes in a posted form. Does not: keeping them, which is the work of `ui/autosave.js` and of each app.
"""

from __future__ import annotations

import re

from django.http import QueryDict

CODE = re.compile(r"[\w:=.@+/-]*", re.ASCII)
SECRET = re.compile(r"password|token|code")


def typed_texts(posted: QueryDict) -> list[str]:
    """The values that a person wrote, in the order of the form: not choices, keys, tokens or passwords, which nobody wants back."""
    texts = [value for name, values in posted.lists() if not SECRET.search(name) for value in values]
    return [text for text in texts if not CODE.fullmatch(text.strip())]
