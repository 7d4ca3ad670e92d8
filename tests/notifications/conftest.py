"""Templates that only these tests use, in memory."""

from __future__ import annotations

import copy

import pytest

RECEIPT = """{% load i18n %}{% translate "Language" %}: {{ title }}
{% blocktranslate %}Dear {{ name }},{% endblocktranslate %}

Submitted at {% instant at "UTC" %}.

{{ link }}


The end."""
TOLD = """Subject
{{ name }}, {{ day }}, {{ url }} {{ contact }} Score {{ secret_score }}."""
TEMPLATES = {
    "t/receipt.txt": RECEIPT,
    "t/told.txt": TOLD,
    "t/plain.txt": "Subject\nText",
    "t/link.txt": "Your link\nOpen {link} soon, {{ name }}.",
    "t/leak.txt": "Subject\n{{ secret_score }}",
}


@pytest.fixture(autouse=True)
def mail_templates(settings: object) -> None:
    """Add the templates to those of the apps."""
    changed = copy.deepcopy(settings.TEMPLATES)  # type: ignore[attr-defined]
    loaders = changed[0]["OPTIONS"]["loaders"]
    loaders.insert(0, ("django.template.loaders.locmem.Loader", TEMPLATES))
    settings.TEMPLATES = changed  # type: ignore[attr-defined]
