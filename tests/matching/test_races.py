"""Ten yeses in one second take no more than the capacity; with the lock off the database refuses
the same.
"""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from anso.kernel.verdict import Refused
from anso.matching import actions
from anso.matching.models import MatchRequest
from tests.applications.test_races import MANY, at_once
from tests.factories.matching import MATCHING, account_behind, make_open, make_request, make_side

CAPACITY = 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_locked", [True, False])
def test_ten_parallel_yeses_take_no_more_than_the_capacity(
    is_locked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs, helpers = make_side("need"), make_side("volunteer")
    asked = make_open(helpers, capacity=str(CAPACITY))
    requests = []
    for _number in range(MANY):
        requests.append(make_request(make_open(needs), asked))
        # More wait than may, so that all of them can be answered in the same second.
        MatchRequest.objects.update(state="withdrawn", closed_at=MATCHING)
    MatchRequest.objects.update(state="asked", closed_at=None)
    if not is_locked:
        monkeypatch.setattr(actions, "_take_turns", lambda _kind: None)
    who = account_behind(asked)

    def accept(number: int) -> MatchRequest:
        own = MatchRequest.objects.get(pk=requests[number].pk)
        return actions.accept_match(actor=who, request=own, now=MATCHING)

    done, faults = at_once(accept)
    assert len(done) + len(faults) == MANY
    held = MatchRequest.objects.filter(state="accepted").values_list("place", flat=True)
    assert len(set(held)) == len(held) == len(done) <= CAPACITY
    if is_locked:
        assert sorted(held) == [1, 2, 3]
        assert {type(fault) for fault in faults} == {Refused}
    else:
        assert done, "one of them is always the first"
        assert {type(fault) for fault in faults} <= {Refused, IntegrityError}
