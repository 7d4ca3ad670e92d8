"""The phases of a call's life as its desk shows them: which is done, which goes on, which is late,
and the pages of each. What a phase is about is known by the apps above, who say how it stands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anso.calls.enums import Phase, PhaseState
from anso.calls.models import Call
from anso.calls.queries.phases import setup_state, window_state
from anso.calls.wording.desk import DESK
from anso.calls.wording.entries import entry_word
from anso.kernel.actors import Actor
from anso.kernel.registers import Register

PHASES: dict[Phase, Promise | Callable[[Call], str]] = {
    Phase.OVERVIEW: _("Overview"),
    Phase.SETUP: _("Set up"),
    Phase.APPLICATIONS: lambda call: entry_word(call, "plural"),
    Phase.SCREENING: _("Screening"),
    Phase.REVIEW: _("Review"),
    Phase.SELECTION: _("Selection"),
    Phase.OFFERS: _("Offers"),
    Phase.MAIL: _("Mail"),
}
STATES: dict[PhaseState, Promise] = {
    PhaseState.DONE: _("done"),
    PhaseState.NOW: _("now"),
    PhaseState.LATE: _("late"),
    PhaseState.AHEAD: _("later"),
}
# How each phase of a call stands. A phase of which nobody says anything has no state.
PHASE_STATES: Register[Callable[[Call, dt.datetime], PhaseState]] = Register("states of phases")
OWN_STATES: dict[str, Callable[[Call, dt.datetime], PhaseState]] = {
    Phase.SETUP: setup_state,
    Phase.APPLICATIONS: window_state,
}


@dataclass(frozen=True)
class PageLine:
    """One page of a phase, and whether the reader is on it or below it."""

    label: Promise | str
    url: str
    is_here: bool


@dataclass(frozen=True)
class PhaseLine:
    """One phase: its name and first page, how it stands, and its pages."""

    label: Promise | str
    url: str
    state: str
    word: Promise | str
    pages: tuple[PageLine, ...]

    @property
    def is_here(self) -> bool:
        """Whether the reader is on one of its pages."""
        return any(page.is_here for page in self.pages)


def desk_phases(call: Call, reader: Actor, path: str, now: dt.datetime) -> list[PhaseLine]:
    """The phases of a call in their order, for a reader on the page with that path. One whose pages
    all refuse the reader is left out; one that has none yet is named.
    """
    prefetch_related_objects([call], "steps")  # every phase asks for some of them
    pages: dict[Phase, list[PageLine]] = {phase: [] for phase in PHASES}
    # Several pages ask one rule: it is asked once.
    rules = {page.opened_by for page in DESK.values() if page.opened_by}
    opened = {rule: bool(rule(reader, call, now)) for rule in rules}
    kept = set(PHASES)
    for page in DESK.values():
        if not page.concerns(call):
            continue
        if page.opened_by and not opened[page.opened_by]:
            kept.discard(page.phase)
        elif page.is_shown(call):
            url = page.address(call)
            here = path == url if page.is_exact else path.startswith(url.partition("?")[0])
            here = here or any(path.startswith(address(call)) for address in page.also)
            pages[page.phase].append(PageLine(page.label_in(call), url, here))
    return [
        _line(phase, call, tuple(pages[phase]), now)
        for phase in PHASES
        if phase in kept or pages[phase]
    ]


def _line(phase: Phase, call: Call, pages: tuple[PageLine, ...], now: dt.datetime) -> PhaseLine:
    say = PHASE_STATES.get(phase)
    state = say(call, now) if say else None
    url = pages[0].url if pages else ""
    label = PHASES[phase]
    said = label(call) if callable(label) else label
    return PhaseLine(said, url, state or "", STATES[state] if state else "", pages)
