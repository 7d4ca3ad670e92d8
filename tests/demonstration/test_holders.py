"""Those of earlier years in the demonstration: all of them are entered, and nobody is real."""

from __future__ import annotations

import pytest

from anso.awards.models import EarlierHolder
from anso.demonstration.holders import EARLIER, add_earlier_holders
from tests.factories.calls import NOW, make_programme
from tests.factories.directory import make_country

pytestmark = pytest.mark.django_db


def test_every_line_is_entered_with_the_year_in_which_nobody_received_it() -> None:
    make_programme("prize")
    for _award, _name, _organisation, country, _citation in EARLIER:
        make_country(country)
    add_earlier_holders(NOW)
    assert EarlierHolder.objects.count() == len(EARLIER) + 1
    assert EarlierHolder.objects.filter(name="").count() == 1
