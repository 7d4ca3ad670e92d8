"""Applicants over plain HTTP, as browsers send it: signed in by cookie, saving by the script's
contract, submitting by the button.
"""

from __future__ import annotations

import http.client
import json
import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

CSRF = "k" * 32


@dataclass
class Answer:
    """What the server said."""

    status: int
    location: str
    body: bytes

    @property
    def content(self) -> dict[str, Any]:
        """The JSON of the answer."""
        return dict(json.loads(self.body))


@dataclass
class Browser:
    """One signed-in applicant; with ``is_kept`` all requests go over one connection."""

    port: int
    applicant: dict[str, Any]
    is_kept: bool = False
    connection: http.client.HTTPConnection | None = field(default=None, repr=False)

    @property
    def headers(self) -> dict[str, str]:
        """What every request carries."""
        return {
            "Cookie": f"sessionid={self.applicant['session']}; csrftoken={CSRF}",
            "X-CSRFToken": CSRF,
        }

    def address(self, page: str) -> str:
        """The address of a page of one's application."""
        return f"/applications/{self.applicant['reference']}/{page}"

    def send(self, method: str, address: str, body: bytes = b"", kind: str = "") -> Answer:
        """One request; the connection is opened anew after any trouble, which is raised."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = self.headers | ({"Content-Type": kind} if kind else {})
        try:
            self.connection.request(method, address, body or None, headers)
            answer = self.connection.getresponse()
            said = Answer(answer.status, answer.getheader("Location", ""), answer.read())
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        if not self.is_kept:
            self.close()
        return said

    def save(self, fields: dict[str, Any], *, base: int, token: str = "") -> Answer:
        """Save by the script's contract."""
        content = {"fields": fields, "base": base, "token": token or secrets.token_hex(16)}
        return self.send(
            "POST", self.address("save/"), json.dumps(content).encode(), "application/json"
        )

    def submit(self) -> Answer:
        """Press the button."""
        return self.send(
            "POST",
            self.address("submit/"),
            urlencode({"csrfmiddlewaretoken": CSRF}).encode(),
            "application/x-www-form-urlencoded",
        )

    def close(self) -> None:
        """Leave."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None
