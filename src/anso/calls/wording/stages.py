"""The stages of a call in words for those who compose it: what each does, what can be added, and
what goes with one that is taken away.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anso.calls.queries.stages import Departure
from anso.kernel.terms import Terms
from anso.kernel.terms.stages import STAGE_KINDS, addable_kinds
from anso.ui.figures import in_figures
from anso.ui.instants import period_in_words
from anso.ui.question_fields import in_reader_language, sentence

# What a stage does, by its block.
BLOCK_WORDS: Mapping[str, Promise] = {
    "applications": gettext_lazy("people write"),
    "letters": gettext_lazy("letters come"),
    "screening": gettext_lazy("what came in is checked"),
    "interviews": gettext_lazy("conversations without scores"),
    "hosts": gettext_lazy("hosts say whom they admit"),
    "review": gettext_lazy("judged by scores"),
    "rebuttal": gettext_lazy("answers to reviewers"),
    "panel": gettext_lazy("a meeting"),
    "decision": gettext_lazy("decision"),
    "release": gettext_lazy("results"),
    "offers": gettext_lazy("offers"),
    "announcement": gettext_lazy("everybody reads the results"),
}


def stage_facts(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What a list of stages tells of one: what it does, and when."""
    block = str(row.get("block", ""))
    yield _("Kind"), str(BLOCK_WORDS.get(block, block))
    yield _("Days"), days_of_stage(row)


def days_of_stage(row: Mapping[str, Any]) -> str:
    """The days of a stage as plain content has them."""
    first, last = (dt.date.fromisoformat(str(row[name])) for name in ("starts_on", "ends_on"))
    return period_in_words(first, last)


def stages_to_add(terms: Terms) -> list[tuple[str, str]]:
    """Kinds of stages that a call has room for."""
    return [(code, _(STAGE_KINDS[code].label)) for code in addable_kinds(terms)]


def what_an_amendment_may(*, is_amending: bool) -> str:
    """Which stages of a published call come and go; blank for a draft."""
    if not is_amending:
        return ""
    return _(
        "People were told these stages. One is taken away only before it begins, and while nothing"
        " hangs on it; a further one lies ahead. Everybody whom it touches is told."
    )


def departure_in_words(found: Departure) -> list[str]:
    """What goes with a stage or a section, and what still reads it."""
    lines = []
    if found.questions:
        text = ngettext(
            "%(count)s question goes with it: %(names)s.",
            "%(count)s questions go with it: %(names)s.",
            len(found.questions),
        )
        lines.append(text % _counted(each.label for each in found.questions))
    if found.criteria:
        text = ngettext(
            "%(count)s criterion goes with it: %(names)s.",
            "%(count)s criteria go with it: %(names)s.",
            len(found.criteria),
        )
        lines.append(text % _counted(each.label for each in found.criteria))
    return lines + [sentence(message) for message in found.readers]


def _counted(labels: Iterable[Any]) -> dict[str, str]:
    names = [in_reader_language(label).rstrip(" ?؟:.") for label in labels]
    return {"count": in_figures(len(names)), "names": _(", ").join(f"“{name}”" for name in names)}
