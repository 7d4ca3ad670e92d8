"""Every standing mutant still fits: a line that moved is noticed here, before its tests are run.

``tests/mutants`` runs them; this only reads.
"""

from __future__ import annotations

import pytest

from tests.mutants.plugin import HERE, Mutant, explanation, mutants_in
from tests.mutants.swapping import ROOT, MutantError, changed_codes

ROWS = [
    pytest.param(mutant, table.name, id=mutant.name)
    for table in sorted(HERE.glob("*.toml"))
    for mutant in mutants_in(table)
]


def test_there_are_as_many_as_ever_and_each_has_a_name_of_its_own() -> None:
    names = [row.id for row in ROWS]
    assert sorted(names) == sorted(set(names))
    assert len(names) >= 80, "a mutant that no longer fits is followed, not thrown away"


@pytest.mark.parametrize(("mutant", "table"), ROWS)
def test_every_mutant_fits_the_source_and_names_its_tests(mutant: Mutant, table: str) -> None:
    try:
        changed_codes(mutant.file, mutant.text, mutant.becomes)
    except MutantError as fault:
        pytest.fail(explanation(mutant, f"tests/mutants/{table}", str(fault)))
    for test in mutant.tests:
        path, _, name = test.partition("::")
        is_there = (ROOT / path).exists() and f"def {name.partition('[')[0]}(" in (
            ROOT / path
        ).read_text()
        assert is_there, explanation(mutant, f"tests/mutants/{table}", f"there is no test {test}")
