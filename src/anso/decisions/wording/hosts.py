"""What hosts said about somebody, as one of the reasons of a result."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from anso.decisions.models import Placement
from anso.hosting.enums import HostSays
from anso.kernel.terms import Terms
from anso.ui.question_fields import in_reader_language


def words_for_hosts(placement: Placement, terms: Terms) -> Iterator[str]:
    """Each host that does not admit it, and the condition of the host at which a place is. Why a
    host does not is for those who decide.
    """
    labels = {each.key: in_reader_language(each.label) for each in terms.hosts}
    at = {node.key: node.host for node in terms.outcome.tree()}.get(placement.place, "")
    for key, says, words in placement.facts.get("hosts", ()):
        name = labels.get(key, key)
        if says == HostSays.REFUSES:
            yield _("%(host)s does not admit it.") % {"host": name}
        elif says == HostSays.CONDITION and key == at:
            yield _("%(host)s admits it on this condition: %(words)s") % {
                "host": name,
                "words": words,
            }
