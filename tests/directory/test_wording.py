"""Countries to choose from."""

from __future__ import annotations

import pytest

from anso.directory.wording import country_choices
from tests.factories.directory import make_country

pytestmark = pytest.mark.django_db


def test_countries_are_sorted_by_their_name_in_the_reader_s_language() -> None:
    for code in ("DE", "CN", "KE"):
        make_country(code)
    assert country_choices("en") == [("CN", "China"), ("DE", "Germany"), ("KE", "Kenya")]
    assert [code for code, _ in country_choices("ar")] == ["CN", "DE", "KE"]  # the alef counts bare
