"""The browser without a network, for the scripts of this app."""

from tests.ui.conftest import browser, open_page

__all__ = ["browser", "open_page"]
