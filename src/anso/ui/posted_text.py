"""What somebody typed into a form that could not be taken, so that the page which says so can give
it back.

Belongs here: telling words from codes in a posted form. Does not: keeping them, which is the work
of `ui/autosave.js` and of each app.
"""

from __future__ import annotations

import re

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError

CODE = re.compile(r"[\w:=.@+/-]*", re.ASCII)
SECRET = re.compile(r"password|token|code")


def posted_texts(request: HttpRequest) -> list[str]:
    """The values that a person wrote, in the order of the form: not choices, keys, tokens or
    passwords, which nobody wants back.
    """
    try:
        posted = request.POST
    except (
        OSError,
        BadRequest,
        SuspiciousOperation,
        MultiPartParserError,
    ):  # what cannot be read is answered as it is
        return []
    texts = [
        value for name, values in posted.lists() if not SECRET.search(name) for value in values
    ]
    return [text for text in texts if not CODE.fullmatch(text.strip())]
