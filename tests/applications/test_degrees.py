"""Degrees, publications and an ORCID iD on the pages of a form, for who writes and who reads."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from anso.applications.queries.answers import plain_answers
from anso.applications.wording import value_in_words
from anso.programmes.catalogue import bank
from tests.cast import Cast
from tests.factories.applications import NOW, make_application
from tests.factories.calls import make_call

pytestmark = pytest.mark.django_db

DEGREES = {
    "degrees:0:degree": "Diplom",
    "degrees:0:institution": "TU Dresden",
    "degrees:0:country": "DE",
    "degrees:0:year": "2019",
    "degrees:0:grade": "1,3",
    "degrees:0:best": "1,0",
    "degrees:0:passing": "4,0",
    "degrees:1:degree": "ماجستير العلوم",
    "degrees:1:institution": "جامعة الخرطوم",
    "degrees:1:country": "SD",
    "degrees:1:year": "2022",
}


@time_machine.travel(NOW, tick=False)
def test_several_degrees_each_with_its_scale_by_the_page(cast: Cast, client: Client) -> None:
    call = make_call(officer=cast.programme_officer)
    application = make_application(call, applicant=cast.applicant, answers={})
    client.force_login(cast.applicant)
    url = reverse("applications:section", args=[application.reference, "education"])
    page = client.get(url).content.decode()
    for words in ("Degree 1", "Lowest grade that passes", "University that awarded it, or will"):
        assert words in page
    wrong = client.post(url, {**DEGREES, "degrees:0:grade": "5,0", "revision": 0})
    assert wrong.status_code == 422
    assert "the grade 5,0 is not between 1,0 and 4,0" in wrong.content.decode()
    assert "جامعة الخرطوم" in wrong.content.decode()  # nothing typed is lost
    application.refresh_from_db()
    client.post(url, {**DEGREES, "revision": application.revision})
    application.refresh_from_db()
    kept = plain_answers(application)["degrees"]
    assert [row["year"] for row in kept] == ["2019", "2022"]
    assert value_in_words(bank.DEGREES, kept, "en").splitlines() == [
        "Diplom, TU Dresden, Germany, 2019, grade 1,3 (best 1,0, passes from 4,0)",
        "ماجستير العلوم, جامعة الخرطوم, Sudan, 2022",
    ]


@time_machine.travel(NOW, tick=False)
def test_publications_and_an_orcid_become_addresses(cast: Cast, client: Client) -> None:
    call = make_call(officer=cast.programme_officer)
    application = make_application(call, applicant=cast.applicant, answers={})
    client.force_login(cast.applicant)
    url = reverse("applications:section", args=[application.reference, "proposal"])
    typed = {
        "publications:0:doi": "https://doi.org/10.1038/S41586-020-2649-2",
        "publications:1:reference": "Yusuf A., Salt, Nairobi, 2024",
        "orcid": "https://orcid.org/0000-0002-1825-0098",
        "revision": 0,
    }
    wrong = client.post(url, typed)
    assert wrong.status_code == 422
    assert "One digit of this ORCID iD is wrong" in wrong.content.decode()
    application.refresh_from_db()
    right = {"orcid": "0000000218250097", "revision": application.revision}
    client.post(url, typed | right)
    application.refresh_from_db()
    answers = plain_answers(application)
    assert answers["orcid"] == "0000-0002-1825-0097"
    assert value_in_words(bank.ORCID, answers["orcid"]) == "https://orcid.org/0000-0002-1825-0097"
    assert value_in_words(bank.PUBLICATIONS, answers["publications"]).splitlines() == [
        "https://doi.org/10.1038/s41586-020-2649-2",
        "Yusuf A., Salt, Nairobi, 2024",
    ]
