"""What a kind of mail is called: the desk never shows the code of one."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule
from django.utils.translation import override

from anso.kernel.notices import Notice
from anso.notifications.wording import MAIL_KINDS, mail_kind


def notices(value: Any) -> Iterator[Notice]:
    if isinstance(value, Notice):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from notices(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from notices(each)


def every_code() -> set[str]:
    homes = [each for each in apps.get_app_configs() if each.name.startswith("anso.")]
    found = [
        import_module(f"{each.name}.notices")
        for each in homes
        if each.module and module_has_submodule(each.module, "notices")
    ]
    return {
        notice.code for home in found for value in vars(home).values() for notice in notices(value)
    }


def test_every_kind_of_mail_has_a_name_in_every_language_and_no_name_is_left_over() -> None:
    codes = every_code()
    assert len(codes) > 40
    assert codes == set(MAIL_KINDS)
    for code in codes:
        with override("ar"):
            arabic = mail_kind(code)
        with override("en"):
            assert mail_kind(code) not in {code, arabic}


def test_a_kind_that_no_app_names_any_more_names_itself() -> None:
    assert mail_kind("elsewhere.gone") == "elsewhere.gone"
