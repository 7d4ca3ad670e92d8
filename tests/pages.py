"""Reading a page in a test: its markup without the white space that only lays out the template, and
what it costs.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def squeezed(response: Any) -> str:
    """The markup of a response with runs of white space as one space, and none inside the ends of
    an element.
    """
    page = re.sub(r"\s+", " ", response.content.decode())
    page = re.sub(r"(<[a-z][^<>]*?) ?> ", r"\1>", page)
    return page.replace(" >", ">").replace(" </", "</")


def queries_of(client: Client, address: str) -> int:
    """How many queries a page costs; the page is read once before, so that what is kept in memory
    is there.
    """
    assert client.get(address).status_code == HTTPStatus.OK
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)
