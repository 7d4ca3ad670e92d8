"""In a real browser: every script means the same joined in one file as in its modules, and none
stumbles over a page that has nothing for it.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from anso.ui import bundles

pytestmark = pytest.mark.browser
SCRIPTS = sorted(path for path in bundles.entries() if path.endswith(".js"))
PAGE = '<!doctype html><html lang="en"><script {} defer></script><p>Nothing here</p></html>'


@pytest.mark.parametrize("path", SCRIPTS)
def test_a_script_runs_as_modules_and_as_one_file(
    open_page: Callable[..., Page], path: str
) -> None:
    source = bundles.entries()[path].relative_to(bundles.entries()["ui/anso.css"].parents[2])
    page = open_page(
        {
            "/": PAGE.format(f'src="/static/{path}"'),
            "/modules": PAGE.format(f'type="module" src="/src/{source}"'),
        }
    )
    names = "Object.keys(window).sort().join()"
    as_one_file = page.evaluate(names)
    page.goto("http://anso.test/modules")
    assert page.evaluate(names) == as_one_file
    assert page.evaluate(f"import('/src/{source}').then(() => 'loaded')") == "loaded"
