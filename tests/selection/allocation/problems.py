"""Random small allocation problems, for tests that state what must always hold."""

from __future__ import annotations

from hypothesis import strategies as st

from anso.selection.allocation import Candidate, Ceiling, Problem, QuotaNode, Reserve

GROUPS = ("women", "ldc", "kenya")
LEAVES = ("msc-a", "msc-b", "phd-a", "phd-b")
PARENTS = {"msc-a": "msc", "msc-b": "msc", "phd-a": "phd", "phd-b": "phd"}


@st.composite
def trees(draw: st.DrawFn) -> tuple[QuotaNode, ...]:
    """Two programmes of two leaves each, with room for up to three each, under one roof or none."""
    seats = st.integers(0, 3)
    roof = draw(st.booleans())
    nodes = [QuotaNode("all", draw(st.integers(1, 8)))] if roof else []
    nodes += [
        QuotaNode(key, draw(st.integers(0, 5)), "all" if roof else None) for key in ("msc", "phd")
    ]
    for leaf, parent in PARENTS.items():
        only = draw(st.sampled_from([frozenset(), frozenset(), frozenset(), frozenset({"ldc"})]))
        nodes.append(QuotaNode(leaf, draw(seats), parent, only))
    return tuple(nodes)


@st.composite
def people(draw: st.DrawFn, most: int = 9) -> tuple[Candidate, ...]:
    """Up to `most` candidates in rank order with some of the leaves in some order and some of the
    groups.
    """
    lists = st.permutations(LEAVES).flatmap(
        lambda order: st.integers(0, 4).map(lambda size: tuple(order[:size]))
    )
    tags = st.frozensets(st.sampled_from(GROUPS))
    number = draw(st.integers(1, most))
    return tuple(Candidate(f"c{at}", draw(lists), draw(tags)) for at in range(number))


@st.composite
def problems(draw: st.DrawFn, with_reserves: bool = True) -> Problem:
    """A whole problem with ceilings and, if wanted, reserves that ask for no more seats than there
    are.
    """
    nodes = draw(trees())
    where = st.sampled_from([None, "msc", "phd", "msc-a"])
    ceilings = draw(
        st.lists(
            st.builds(Ceiling, st.sampled_from(GROUPS), st.integers(0, 3), where),
            max_size=2,
            unique_by=_place,
        )
    )
    reserves = draw(
        st.lists(
            st.builds(Reserve, st.sampled_from(GROUPS), st.integers(0, 2), where),
            max_size=3,
            unique_by=_place,
        )
    )
    return Problem(draw(people()), nodes, tuple(ceilings), tuple(reserves) if with_reserves else ())


def _place(limit: Ceiling | Reserve) -> tuple[str, str | None]:
    return limit.group, limit.node
