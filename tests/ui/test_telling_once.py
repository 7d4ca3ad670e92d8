"""What pages say once and in words: which files a question takes, who sees the answers of a page,
how long a text is; and that a page with errors says so in its title and takes the focus there.
"""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.translation import override

from anso.kernel.questions.model import MEGABYTE, FileSlot
from anso.ui.markup import length_in_words
from anso.ui.question_fields import join_words, say_once, slot_words
from tests.pages import squeezed

SCANS = ("application/pdf", "image/jpeg", "image/png")


@pytest.mark.parametrize(
    ("slot", "told"),
    [
        (None, ""),
        (FileSlot(), "PDF, at most 10 MB."),
        (FileSlot(SCANS, 5 * MEGABYTE), "PDF, JPEG or PNG, at most 5 MB."),
        (FileSlot(SCANS, MEGABYTE // 2), "PDF, JPEG or PNG, at most 0.5 MB."),
        (FileSlot(SCANS[:2], 2 * MEGABYTE, 6), "PDF or JPEG, each at most 2 MB; up to 6 files."),
        (FileSlot(("text/csv",)), "text/csv, at most 10 MB."),
    ],
)
def test_file_fields_name_formats_size_and_number(slot: FileSlot | None, told: str) -> None:
    assert slot_words(slot) == told


def test_lists_of_words_read_as_people_say_them() -> None:
    assert [join_words([]), join_words(["a"]), join_words("abc")] == ["", "a", "a, b or c"]
    with override("ar"):
        assert "PDF" in slot_words(FileSlot())


def seen(*sentences: str) -> list[dict[str, str]]:
    return [{"who_sees": each} for each in sentences]


def test_who_sees_answers_is_said_once_and_again_only_where_it_differs() -> None:
    same = seen("A.", "A.", "A.")
    assert say_once(same) == "A."
    assert same == seen("", "", "")
    mixed = seen("A.", "B.", "A.", "")
    assert say_once(mixed) == "A. Where others see an answer, it says so there."
    assert mixed == seen("", "B.", "", "")
    different = seen("A.", "B.")
    assert say_once(different) == ""
    assert different == seen("A.", "B.")
    assert say_once([]) == ""
    assert say_once([{"type": "heading"}]) == ""


def test_the_length_of_a_text_is_told_in_its_unit() -> None:
    assert length_in_words("one two", {"words": 1500}) == "2 of 1,500 words"
    assert length_in_words("abc", {"characters": 300}) == "3 of 300 characters"


@pytest.mark.django_db
def test_a_page_with_errors_says_so_in_its_title_and_focuses_the_summary(client: Client) -> None:
    fine = squeezed(client.get("/accounts/enter/"))
    wrong = squeezed(client.post("/accounts/enter/", {"email": "nobody"}))
    assert "<title>Error:" in wrong.replace("<title> ", "<title>")
    assert "Error:" not in fine
    summary = wrong[wrong.index('class="errors"') :].partition(">")[0]
    assert 'tabindex="-1"' in summary
    assert "autofocus" in summary
    library = squeezed(client.post("/accounts/login/", {"login": "x", "password": ""}))
    assert "<title>Error:" in library.replace("<title> ", "<title>")
