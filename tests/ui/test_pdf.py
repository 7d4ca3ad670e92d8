"""PDFs: the same bytes for the same payload, no text that acts as markup, every script of the
members.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
import typst
from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.languages import get_territory_language_info
from django.utils import translation

from anso.ui import pdf

PAYLOAD = {
    "title": "Receipt",
    "callout": {"title": "Submitted", "text": "On 15 February 2027."},
    "facts": [["Number", "F27-04718"]],
    "sections": [
        {
            "title": "Proposal",
            "blocks": [{"text": "one\ntwo\n\nthree"}, {"kind": "list", "items": ["a"]}],
            "sections": [{"title": "Inner", "blocks": []}],
        },
        {
            "title": "Hosts",
            "blocks": [
                {"kind": "table", "columns": ["Host", "Place"], "rows": [["UCAS", 1]]},
                {"kind": "pairs", "rows": [["a", "b"]]},
            ],
        },
    ],
    "hash": "9f3c" * 16,
}


@pytest.mark.parametrize("name", ["document", "letter"])
def test_the_same_payload_gives_the_same_bytes(name: str) -> None:
    first = pdf.render_pdf(name, PAYLOAD)
    assert first.startswith(b"%PDF-")
    assert pdf.render_pdf(name, PAYLOAD) == first


@pytest.mark.parametrize(
    "bad",
    [
        "#panic()",
        "$x$ *b* _i_ `raw` @ref <label> [",
        '"); #import "x"',
        "\\",
        "= Heading\n- item",
        "\u202egnp.exe",
        "\x00\x07",
    ],
)
def test_no_text_acts_as_markup(bad: str) -> None:
    assert pdf.render_pdf("document", {**PAYLOAD, "title": bad, "facts": [[bad, bad]]}).startswith(
        b"%PDF-"
    )


def archived(title: str) -> bytes:
    """Set a title as PDF/A, which Typst refuses when a letter is in no font."""
    content = json.dumps({**pdf.surroundings(), "title": title}, ensure_ascii=False)
    compiler = typst.Compiler(
        str(pdf.template_path("document")),
        root=str(pdf.ROOT),
        font_paths=pdf.fonts(),
        sys_inputs={"payload": content},
    )
    return compiler.compile(
        format="pdf", pdf_standards=["a-2b"], timestamp=datetime(2027, 1, 1, tzinfo=UTC)
    )  # type: ignore[return-value]


def test_marks_that_turn_the_direction_are_taken_out() -> None:
    assert pdf.cleaned({"a": ["\u202eabc\u2066\x07", 1, None, True]}) == {
        "a": ["abc", 1, None, True]
    }


def test_arabic_readers_get_a_page_from_right_to_left() -> None:
    plain = pdf.render_pdf("document", PAYLOAD)
    with translation.override("ar"):
        assert pdf.surroundings()["dir"] == "rtl"
        assert pdf.render_pdf("document", PAYLOAD) != plain


NAMES = (
    "Рустам", "محمد", "李雨桐", "臺灣", "김철수", "뷁", "𠮷田", "㐂", "Đặng", "አበበ",
    "ประยุทธ", "ສົມພອນ", "සුනිල්", "தமிழ்", "বাংলা", "हिन्दी", "ខ្មែរ",
    "မြန်မာ", "ქართული", "Հայերեն", "עברית", "తెలుగు",
    "ગુજરાતી", "ਪੰਜਾਬੀ", "ಕನ್ನಡ", "മലയാളം", "ଓଡ଼ିଆ", "རྫོང་ཁ", "ދިވެހި", "ⵜⴰⵎⴰⵣⵉⵖⵜ", "ᠮᠣᠩᠭᠣᠯ", "ߒߞߏ", "𞤆𞤵𞤤𞤢𞤪",
    "ܣܘܪܝܝܐ",
    "ᱥᱟᱱᱛᱟᱲᱤ", "ꯃꯤꯇꯩ", "ᏣᎳᎩ", "ᐃᓄᒃᑎᑐᑦ", "ꆈꌠ", "ꕙꔤ", "Nguyễn Ḥusayn Ọláìyá Ɓello Ŋ",
)  # fmt: skip


@pytest.mark.parametrize("text", NAMES)
def test_every_script_has_its_letters(text: str) -> None:
    assert archived(text).startswith(b"%PDF-")


def test_every_language_of_every_country_can_be_written() -> None:
    """The names that languages and countries give themselves, by CLDR: one page, no empty box."""
    spoken = set()
    for territory in get_global("territory_languages"):
        for language in get_territory_language_info(territory):
            try:
                locale = Locale.parse(language, sep="_")
            except UnknownLocaleError:  # babel has no words in it
                continue
            spoken |= {str(locale.display_name), locale.territories.get(territory, "")}
    assert len(spoken) > 700
    assert archived(" ".join(sorted(spoken))).startswith(b"%PDF-")


def test_a_sign_that_no_font_has_would_be_noticed() -> None:
    with pytest.raises(typst.TypstError, match="could not be displayed"):
        archived("\U0001f9ff")


@pytest.mark.parametrize("name", ["../secret", "ui/../x", "Document", "nothing-here", "a/b/c"])
def test_only_known_templates_can_be_named(name: str) -> None:
    with pytest.raises((ValueError, FileNotFoundError)):
        pdf.template_path(name)
