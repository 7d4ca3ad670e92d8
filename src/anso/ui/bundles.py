"""Style sheets and scripts as browsers get them: one small file each, built from readable sources.

Belongs here: finding the sources of every app, joining and minifying them, and handing the result
to `collectstatic` and to the development server. Does not: what the sources say.

A source directly in an app's folder `styles` or `scripts` is an entry and becomes the static file
`<app>/<name>`; what it imports lies in folders below. Nothing that was built is kept in the tree.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import lightningcss
import rjsmin
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SOURCES = {"styles": "*.css", "scripts": "*.js"}
# The first browsers that know cascade layers; nothing newer may come out of the build.
BROWSERS = ["chrome 99", "firefox 97", "safari 15.4"]
IMPORT = re.compile(r'^import (?:\{[^{}]*\} from )?"(\.[^"]+)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|let|class)\b)", re.MULTILINE)
OTHER_FORM = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
DECLARED = re.compile(r"^(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)


class BundleRefused(Exception):
    """A source that cannot be joined with the others; the message says which and why."""


def entries() -> dict[str, Path]:
    """Return the entry of every bundle by the path of its static file: `ui/anso.css`."""
    return {
        f"{app.label}/{source.name}": source
        for app in apps.get_app_configs()
        if app.name.startswith("anso.")
        for folder, pattern in SOURCES.items()
        for source in sorted((Path(app.path) / folder).glob(pattern))
    }


def build(entry: Path) -> str:
    """Return the one file that browsers get for an entry."""
    if entry.suffix == ".css":
        return lightningcss.bundle_css(str(entry), browsers_list=BROWSERS)
    return rjsmin.jsmin(join_modules(entry))


def join_modules(entry: Path) -> str:
    """Return the modules that an entry needs, in one scope of their own, each before those that
    import it. Refuses what would not mean the same there as in modules.
    """
    declared: dict[str, Path] = {}
    parts = []
    for module in modules_of(entry):
        text = EXPORT.sub("", IMPORT.sub("", module.read_text()))
        if other := OTHER_FORM.search(text):
            message = (
                f"{module}: only `import {{…}} from` and `export` of a declaration: {other[0]}"
            )
            raise BundleRefused(message)
        for name in DECLARED.findall(text):
            if name in declared:
                message = f"{module} and {declared[name]} both declare {name}"
                raise BundleRefused(message)
            declared[name] = module
        parts.append(text)
    return "\n".join(["(() => {", '"use strict";', *parts, "})();"])


def modules_of(entry: Path) -> list[Path]:
    """Return a script and all that it imports, directly or not, the imported ones first."""
    found: dict[Path, None] = {}

    def visit(module: Path, above: tuple[Path, ...]) -> None:
        if module in above:
            message = f"{module} imports itself, by way of {above[-1]}"
            raise BundleRefused(message)
        if module in found:
            return
        for imported in IMPORT.findall(module.read_text()):
            visit((module.parent / imported).resolve(), (*above, module))
        found[module] = None

    visit(entry.resolve(), ())
    return list(found)


class BundleFinder(BaseFinder):
    """Finds bundles for `collectstatic` and the development server, built anew from the sources."""

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return where the bundle lies, as fresh as its sources; a list of it if all are wanted."""
        entry = entries().get(path)
        if entry is None:
            return []
        built = str(write_bundle(path, entry))
        return [built] if find_all else built

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        """Build all bundles, for collecting."""
        storage = FileSystemStorage(location=settings.BUNDLE_FOLDER)
        for path, entry in entries().items():
            write_bundle(path, entry)
            yield path, storage


def write_bundle(path: str, entry: Path) -> Path:
    """Build a bundle into the folder for built files. Several processes may do so at once: each
    puts a whole file in place.
    """
    target, text = Path(settings.BUNDLE_FOLDER) / path, build(entry)
    if not target.exists() or target.read_text() != text:
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_suffix(f".{os.getpid()}")
        unfinished.write_text(text)
        unfinished.replace(target)
    return target
