"""Which applications an officer chose to write about, in words, and the list that shows them."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from anso.applications.enums import Flag
from anso.applications.queries.desk import ListFilter
from anso.applications.wording.casework import owner_in_words
from anso.applications.wording.letters import letters_options
from anso.applications.wording.screening import STATE_TONES, state_word
from anso.applications.wording.tasks import eligibility_in_words
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.calls.wording import outcome_word
from anso.ui.countries import country_name
from anso.ui.question_fields import in_reader_language


def chosen_in_words(call: Call, asked: Mapping[str, str]) -> list[str]:
    """What a filter of the list of applications asks for."""
    wanted, terms = ListFilter.read(asked), get_terms(call)
    levels = {level.key: in_reader_language(level.label) for level in terms.levels}
    hosts = {host.key: in_reader_language(host.label) for host in terms.hosts}
    parts = (
        (_("State"), state_word(wanted.state) if wanted.state in STATE_TONES else wanted.state),
        (outcome_word(call, "asked"), levels.get(wanted.level, wanted.level)),
        (_("First host"), hosts.get(wanted.host, wanted.host)),
        (_("Country"), country_name(wanted.country) if wanted.country else ""),
        (_("Eligibility check"), eligibility_in_words(wanted.standing)),
        (_("Letters"), dict(letters_options(terms)).get(wanted.letters, wanted.letters)),
        (_("Looked after by"), owner_in_words(call, wanted.owner)),
        (_("Flag"), dict(Flag.choices).get(wanted.flag, wanted.flag)),
        (_("Found by"), wanted.text),
    )
    return [f"{name}: {value}" for name, value in parts if value]


def list_address(call: Call, asked: Mapping[str, str]) -> str:
    """The list of applications, narrowed in the same way."""
    kept = urlencode([(name, value) for name, value in asked.items() if value])
    return f"{reverse('applications:table', args=[call.reference])}?{kept}"
