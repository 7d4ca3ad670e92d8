"""Which addresses mail can be delivered to, which are the same."""

from __future__ import annotations

import pytest

from anso.kernel.addresses import (
    address_fault,
    clean_address,
    for_envelope,
    likely_slip,
    same_mailbox,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Ana.Diaz@Example.ORG ", "Ana.Diaz@example.org"),
        ("ivan@пример.рф", "ivan@пример.рф"),
        ("user@例子。中国", "user@例子.中国"),
        ("barid@مثال.مصر", "barid@مثال.مصر"),
        ("ana+two@xn--e1afmkfd.xn--p1ai", "ana+two@xn--e1afmkfd.xn--p1ai"),
        ("o'neil!#$%&*/=?^_`{|}~-@a-b.example", "o'neil!#$%&*/=?^_`{|}~-@a-b.example"),
    ],
)
def test_an_address_in_any_script_is_kept_as_people_write_it(typed: str, kept: str) -> None:
    assert clean_address(typed) == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ana", "not_an_address"),
        ("@example.org", "not_an_address"),
        ("ana@", "not_an_address"),
        ("a" * 300 + "@example.org", "not_an_address"),
        (".ana@example.org", "no_mailbox"),
        ("ana.@example.org", "no_mailbox"),
        ("a..b@example.org", "no_mailbox"),
        ("ana diaz@example.org", "no_mailbox"),
        ("a,b@example.org", "no_mailbox"),
        ("иван@пример.рф", "no_latin_mailbox"),
        ("用户@例子.中国", "no_latin_mailbox"),
        ("بريد@example.org", "no_latin_mailbox"),
        ("jos\u00e9@example.org", "no_latin_mailbox"),
        ("я" * 33 + "@example.org", "no_mailbox"),
        ("ana@-example.org", "no_host"),
        ("ana@exa_mple.org", "no_host"),
        ("ana@example..org", "no_host"),
        ("ana@" + "x" * 64 + ".org", "no_host"),
        ("ana@ex\u0301ample\u2764.org", "no_host"),
        ("ana@localhost", "no_delivery"),
        ("ana@mail.local", "no_delivery"),
        ("ana@127.0.0.1", "no_delivery"),
        ("ana@host.invalid", "no_delivery"),
    ],
)
def test_what_nothing_can_be_delivered_to_is_refused_with_the_part_that_is_wrong(
    typed: str, code: str
) -> None:
    fault = address_fault(typed)
    assert (clean_address(typed), fault and fault.code) == (None, code)


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("ana@gmial.com", "ana@gmail.com"),
        ("ana@gmail.con", "ana@gmail.com"),
        ("ana@hotmial.com", "ana@hotmail.com"),
        ("ana@institute.cmo", "ana@institute.com"),
        ("ana@outlok.com", "ana@outlook.com"),
        ("ana@icoud.com", "ana@icloud.com"),
        ("ana@yahoo.co", "ana@yahoo.com"),
        ("ana@email.com", ""),
        ("ana@protonmail.ch", ""),
        ("ana@outlook.com.au", ""),
        ("ana@hotmail.fr", ""),
        ("ana@yahoo.co.uk", ""),
        ("ana", ""),
        ("ana@gmail.com", ""),
        ("ana@mail.com", ""),
        ("ana@gmx.com", ""),
        ("ana@qq.com", ""),
        ("ana@example.org", ""),
        ("ana@uni-nairobi.ac.ke", ""),
        ("ana@пример.рф", ""),
    ],
)
def test_a_slip_in_a_well_known_host_is_asked_about(address: str, meant: str) -> None:
    assert likely_slip(address) == meant


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana@Example.org", "ana@example.ORG"),
        ("ana+two@example.org", "ana@example.org"),
        ("a.na@gmail.com", "an.a+x@googlemail.com"),
        ("ivan@пример.рф", "ivan@xn--e1afmkfd.xn--p1ai"),
        ("ИВАН@пример.рф", "иван@пример.рф"),
    ],
)
def test_two_spellings_of_one_mailbox(one: str, other: str) -> None:
    assert same_mailbox(one) == same_mailbox(other)


def test_dots_count_where_the_host_counts_them_and_nothing_has_no_mailbox() -> None:
    assert same_mailbox("a.na@example.org") != same_mailbox("ana@example.org")
    assert same_mailbox("") == same_mailbox("ana") == ""
    assert same_mailbox("+tag@example.org") == "+tag@example.org"
    assert same_mailbox("ana@exa_mple.org") == "ana@exa_mple.org"


def test_the_envelope_has_the_host_in_ascii_and_the_mailbox_as_it_is() -> None:
    assert for_envelope("ivan@пример.рф") == "ivan@xn--e1afmkfd.xn--p1ai"
