"""Reading a page in a test: its markup without the white space that only lays out the template."""

from __future__ import annotations

import re
from typing import Any


def squeezed(response: Any) -> str:
    """The markup of a response with runs of white space as one space, and none inside the ends of
    an element.
    """
    page = re.sub(r"\s+", " ", response.content.decode())
    page = re.sub(r"(<[a-z][^<>]*?) ?> ", r"\1>", page)
    return page.replace(" >", ">").replace(" </", "</")
