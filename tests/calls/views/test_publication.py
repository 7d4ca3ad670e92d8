"""What a draft lacks, as an officer reads it in Arabic: every sentence in Arabic, each leading to
the page that mends it.
"""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from anso.accounts.models import Account
from anso.calls.models import Call
from anso.calls.queries import find_faults
from anso.calls.wording.readiness import url_of_fault
from anso.kernel.faults import DesignPart
from anso.questionnaires.queries import versions_of
from tests.factories.calls import make_call

pytestmark = pytest.mark.django_db
LATIN_SENTENCE = re.compile(r"[A-Za-z]{2,}(?:[ ,]+[A-Za-z]{2,}){2,}")
ROW = re.compile(r"<li>\s*<p>(.*?)</p>", re.DOTALL)


@pytest.fixture
def arabic_officer(client: Client, officer: Account, now: dt.datetime, settings: object) -> object:
    settings.DEMONSTRATION = True  # type: ignore[attr-defined]  # no second factor
    Account.objects.filter(pk=officer.pk).update(language="ar", is_demonstration=True)
    client.force_login(officer)
    client.cookies["django_language"] = "ar"
    with time_machine.travel(now, tick=False):
        yield client


@pytest.fixture
def broken(draft: Call, now: dt.datetime) -> Call:
    """A draft with something wrong in every part of its design."""
    design = draft.design
    label = {"en": "All the places there are", "ar": "جميع الأماكن"}
    for node in design["outcome"]["nodes"]:
        node["label"] = label
    design["outcome"]["nodes"][0] |= {"capacity": 10_000, "parent": "nowhere"}
    design["outcome"]["reserves"] = [{"group": "women", "places": 0, "node": "elsewhere"}]
    design["outcome"]["country_ceiling"] = 0
    design["rubric"]["criteria"][0]["weight"] = "0.9"
    design["rubric"] |= {"scale_lowest": 6, "scale_highest": 1}
    for stage in design["stages"]:
        stage |= {"starts_on": "2026-02-02", "ends_on": "2026-01-01", "block": "dance"}
        stage["label"] = {"en": "A stage of the call", "ar": "مرحلة"}
    design["stages"][-1] |= {"block": "review", "label": {"ar": "مرحلة"}}
    design["rules"][0]["rules"][0] |= {"kind": "unheard_of", "sentence": {"ar": "قاعدة"}}
    design["letters"][0]["count"] = 0
    design["benefits"][0]["currency"] = ""
    for part in ("levels", "hosts", "groups"):
        design[part][0]["label"] = {"ar": "اسم"}
    design["rules"][1]["host"] = "Atlantis"
    design["check_keys"] = ["shoe_size"]
    design["conflicts"]["named"] = "off"
    design["intake"] = {"cut_offs": ["02-30"]}
    design["occasion"] = {"ends_on": "2027-01-01"}
    names = ("noun", "heading", "your", "yours", "start", "start_yours")
    words = {name: {"en": "x"} for name in names}
    design["nouns"] = {"counted": {"forms": {"en": {"other": "x"}}}, **words}
    draft.parent = make_call(state="draft", title={"ar": "دعوة فوقها"})
    draft.title, draft.summary, draft.closes_at = {"ar": "عنوان"}, {}, now - dt.timedelta(days=1)
    draft.save()
    versions_of(draft).filter(purpose="referee").delete()
    form = versions_of(draft).get(purpose="application")
    form.definition["sections"][0]["title"] = {"en": "You"}
    form.definition["sections"][0]["questions"][0] |= {"label": {"ar": "سؤال"}, "type": "hologram"}
    form.sha256 = "broken".rjust(64, "0")  # forms are kept in memory by it
    form.save(update_fields=["definition", "sha256"])
    return draft


def test_an_arabic_officer_reads_every_fault_in_arabic(
    arabic_officer: Client, broken: Call
) -> None:
    page = arabic_officer.get(reverse("calls:publish", args=[broken.reference])).content.decode()
    rows = [re.sub(r"<[^>]+>", "", row).strip() for row in ROW.findall(page)]
    assert len(rows) > 15
    assert [row for row in rows if LATIN_SENTENCE.search(row) or "%(" in row] == []
    assert [row for row in rows if not re.search(r"[\u0600-\u06ff]", row)] == []
    assert "جميع الأماكن: المجموعة التي فوقها، «nowhere»، غير موجودة." in rows


def test_every_fault_leads_to_the_page_of_its_part(
    arabic_officer: Client, broken: Call, now: dt.datetime
) -> None:
    faults = find_faults(Call.objects.get(pk=broken.pk), now)
    assert {fault.part for fault in faults} == set(DesignPart)
    page = arabic_officer.get(reverse("calls:publish", args=[broken.reference])).content.decode()
    for fault, row in zip(faults, ROW.findall(page), strict=True):
        url = url_of_fault(broken, fault)
        assert f'href="{url}"' in row, str(fault)
        if fault.part is not DesignPart.QUESTIONS:  # no page draws a hologram
            assert arabic_officer.get(url).status_code == 200, str(fault)
