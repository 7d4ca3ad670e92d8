"""What browsers get is built from the sources, whole and fresh, and the sources stay readable."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

import anso
from anso.ui import bundles

SOURCE = Path(anso.__file__).parent
ENTRIES = bundles.entries()
SHEETS = sorted(SOURCE.glob("*/styles/**/*.css"))
MODULES = sorted(SOURCE.glob("*/scripts/**/*.js"))
LAYERS = ("tokens", "base", "layout", "parts", "modes")


@pytest.fixture
def entry(monkeypatch: pytest.MonkeyPatch, settings: object, tmp_path: Path) -> Path:
    """An entry that imports one module, and nothing else to find."""
    settings.BUNDLE_FOLDER = tmp_path / "built"  # type: ignore[attr-defined]
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "one.js").write_text("export const one = () => 1;\n")
    made = tmp_path / "whole.js"
    made.write_text('import { one } from "./parts/one.js";\n\nwindow.got = one();\n')
    monkeypatch.setattr(bundles, "entries", lambda: {"ui/whole.js": made})
    return made


def found() -> str:
    return Path(str(finders.find("ui/whole.js"))).read_text()


def test_every_page_has_one_sheet_and_each_need_one_script() -> None:
    assert set(ENTRIES) == {
        "ui/anso.css",
        "ui/autosave.js",
        "ui/upload.js",
        "ui/table.js",
        "ui/zone.js",
        "accounts/passkey.js",
        "bulk/progress.js",
    }


@pytest.mark.parametrize("path", ENTRIES)
def test_what_is_served_is_what_the_sources_build(path: str) -> None:
    assert Path(str(finders.find(path))).read_text() == bundles.build(ENTRIES[path])


def test_a_changed_module_changes_what_is_served(entry: Path) -> None:
    assert "=>1;" in found()
    (entry.parent / "parts" / "one.js").write_text("export const one = () => 2;\n")
    assert "=>2;" in found()
    assert [path.name for path in (entry.parent / "built" / "ui").iterdir()] == ["whole.js"]


def test_a_bundle_is_not_written_again_when_nothing_changed(entry: Path) -> None:
    built = Path(str(finders.find("ui/whole.js")))
    os.utime(built, (1, 1))
    assert found()
    assert built.stat().st_mtime == 1


def test_collecting_takes_all_of_them_under_names_that_change_with_them(
    settings: object, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = tmp_path  # type: ignore[attr-defined]
    settings.STORAGES = {  # type: ignore[attr-defined]
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    collected = {path.name for path in (tmp_path / "ui").iterdir()}
    assert [name for name in collected if re.fullmatch(r"anso\.[0-9a-f]{12}\.css", name)]
    assert {"anso.css", "autosave.js", "upload.js", "table.js", "world.svg"} <= collected
    assert not any("htmx" in name for name in collected)


def test_what_was_built_is_not_kept_beside_its_sources() -> None:
    assert [path for path in SOURCE.glob("*/static/**/*") if path.suffix in {".css", ".js"}] == []


def test_every_source_goes_into_a_bundle() -> None:
    taken = {
        module.resolve()
        for entry in ENTRIES.values()
        if entry.suffix == ".js"
        for module in bundles.modules_of(entry)
    }
    assert {path.resolve() for path in MODULES} == taken
    sheet = ENTRIES["ui/anso.css"]
    imported = re.findall(
        r'^@import url\("([^"]+)"\) layer\((\w+)\);$', sheet.read_text(), re.MULTILINE
    )
    assert sorted(sheet.parent / name for name, _ in imported) == [
        path for path in SHEETS if path != sheet
    ]
    assert all(name.startswith(f"{layer}/") for name, layer in imported)


def test_layers_stand_in_their_order_and_hold_every_rule() -> None:
    built = bundles.build(ENTRIES["ui/anso.css"])
    assert tuple(re.findall(r"@layer (\w+)\{", built)) == LAYERS
    assert re.sub(r"@layer \w+(\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})", "", built).strip() == ""


@pytest.mark.parametrize("path", [*SHEETS, *MODULES], ids=lambda path: path.name)
def test_a_source_can_be_read(path: Path) -> None:
    text = path.read_text()
    assert text.startswith("/* "), "its first comment says what belongs in it"
    assert max(len(line) for line in text.splitlines()) <= 120
    assert len(text.splitlines()) <= 400


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("export default 1;\n", "export default 1;"),
        ('import * as all from "./parts/one.js";\n', "import * as all"),
        (
            'import { one } from "./parts/one.js";\n\nconst one = 2;\n',
            "both declare one",
        ),
        ('import { two } from "./whole.js";\n', "imports itself"),
    ],
)
def test_what_would_mean_something_else_in_one_scope_is_refused(
    entry: Path, text: str, reason: str
) -> None:
    entry.write_text(text)
    with pytest.raises(bundles.BundleRefused, match=re.escape(reason)):
        bundles.build(entry)


def test_a_module_that_two_others_need_is_taken_once_and_before_them(entry: Path) -> None:
    (entry.parent / "parts" / "two.js").write_text(
        'import { one } from "./one.js";\n\nexport const two = () => one() + 1;\n'
    )
    entry.write_text(
        'import { one } from "./parts/one.js";\nimport { two } from "./parts/two.js";\n\n'
        "window.got = one() + two();\n"
    )
    assert [module.name for module in bundles.modules_of(entry)] == ["one.js", "two.js", "whole.js"]
