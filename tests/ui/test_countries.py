"""A country has one name wherever it is written."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.utils import translation

from anso.ui.countries import country_name


@pytest.mark.parametrize("language", ["en", "ar", "zh-hans", "pt-br", "xx-nowhere"])
@pytest.mark.parametrize("code", ["VC", "LC", "KE", "CN"])
def test_code_and_templates_say_the_same_name(language: str, code: str) -> None:
    template = Template(
        "{% load ui %}{% autoescape off %}{{ code|country_name }}{% endautoescape %}"
    )
    with translation.override(language):
        on_a_page, in_a_reason = template.render(Context({"code": code})), country_name(code)
    assert on_a_page == in_a_reason == country_name(code, language)


def test_a_country_is_named_in_the_reader_s_language_and_an_unknown_one_by_its_code() -> None:
    assert country_name("KE", "ar") == "كينيا"
    assert country_name("VC", "en") == "St Vincent & the Grenadines"
    assert country_name("XX") == "XX"
