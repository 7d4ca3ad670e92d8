"""A page held open in a browser without JavaScript: its form as it was drawn, and what somebody
types over it.
"""

from __future__ import annotations

from typing import Any

from django.test import Client
from lxml import html


class Tab:
    """One tab on one page. What nobody typed over is sent as the page showed it, as browsers do."""

    def __init__(self, client: Client, address: str, *, field: str) -> None:
        self.client, self.address, self.field = client, address, field
        self.typed: dict[str, list[str]] = {}
        self.read(client.get(address))

    def read(self, answer: Any) -> Tab:
        """Look at the page that an answer brought: the form that has the field."""
        self.page = html.fromstring(answer.content.decode())
        found = [form for form in self.page.forms if self.field in form.fields]
        assert found, f"no form with {self.field} on {self.address} ({answer.status_code})"
        self.form = found[0]
        for text in self.form.iter("textarea"):  # browsers leave out the line break that begins it
            text.text = (text.text or "").removeprefix("\n")
        return self

    def shown(self, name: str) -> str:
        """What stands in a field."""
        return str(self.form.fields[name] or "")

    def fill(self, fields: dict[str, Any] | None = None, **more: Any) -> Tab:
        """Type over fields."""
        for name, value in ((fields or {}) | more).items():
            self.typed[name] = list(value) if isinstance(value, list) else [value]
        return self

    def body(self, **pressed: str) -> dict[str, list[Any]]:
        """Everything that the browser would send."""
        body: dict[str, list[Any]] = {}
        for name, value in self.form.form_values():
            body.setdefault(name, []).append(value)
        body.pop("csrfmiddlewaretoken", None)
        return body | self.typed | {name: [value] for name, value in pressed.items()}

    def send(self, **pressed: str) -> Any:
        """Press a button of the form."""
        answer = self.client.post(self.address, self.body(**pressed))
        self.typed = {}
        return answer

    def words(self) -> str:
        """What can be read on the page, and what stands in the fields that may only be read."""
        return " ".join(self.page.text_content().split())
