"""Life cycles as tables: which verb leads from which state to which, and what fact it stamps.

Apps declare one ``Lifecycle`` in their ``lifecycle.py``; only ``audit.actions.transition`` carries
one out.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Transition:
    """One row of the table: ``verb`` takes an object from any of ``sources`` to ``target``.

    ``stamps`` names the instants set to the time of the change, ``clears`` those emptied again;
    ``who`` says in words who does it.
    """

    verb: str
    sources: tuple[str, ...]
    target: str
    who: str
    stamps: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()


class StaleTransition(Exception):
    """The verb does not lead on from the state the object is in now."""

    def __init__(self, lifecycle: str, verb: str, state: str) -> None:
        super().__init__(f"{lifecycle}: cannot {verb} from {state}")
        self.verb = verb
        self.state = state


class UnknownVerbError(LookupError):
    """The table has no such verb: a defect of the program."""


@dataclass(frozen=True)
class Lifecycle:
    """All states of one kind of object and the verbs between them. The first state is where every
    object begins.
    """

    name: str
    states: tuple[str, ...]
    transitions: tuple[Transition, ...]
    by_verb: dict[str, tuple[Transition, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        grouped: dict[str, tuple[Transition, ...]] = {}
        for transition in self.transitions:
            unknown = {*transition.sources, transition.target} - set(self.states)
            if unknown:
                raise ValueError(
                    f"{self.name}: {transition.verb} names unknown states {sorted(unknown)}"
                )
            grouped[transition.verb] = (*grouped.get(transition.verb, ()), transition)
        # Frozen, but this index follows from the rows and is made once.
        object.__setattr__(self, "by_verb", grouped)

    def find(self, verb: str, state: str) -> Transition:
        """The transition of ``verb`` from ``state``; StaleTransition when it starts elsewhere,
        UnknownVerbError when there is none.
        """
        if verb not in self.by_verb:
            raise UnknownVerbError(f"{self.name} has no verb {verb}")
        for transition in self.by_verb[verb]:
            if state in transition.sources:
                return transition
        raise StaleTransition(self.name, verb, state)

    def allows(self, verb: str, state: str) -> bool:
        """Whether ``verb`` leads on from ``state``."""
        return any(state in transition.sources for transition in self.by_verb.get(verb, ()))
