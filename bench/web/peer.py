"""pretalx beside us: the proposal form of a complete, widely used call-for-papers system, where
Python 3.12 is found.

Installed from PyPI into ``var/bench/pretalx``, with a demonstration event of its own making, on
SQLite as its documentation offers.
"""

from __future__ import annotations

import http.cookiejar
import json
import os
import re
import shutil
import subprocess
import urllib.parse
import urllib.request
from html.parser import HTMLParser
from pathlib import Path

from bench.web.serving import VAR, Load, Site, lua_requests, serve

HOME = VAR / "pretalx"
PYTHON = HOME / "venv" / "bin" / "python"
PACKAGES = ("pretalx", "gunicorn", "faker", "freezegun")
SESSIONS = 20
OPEN_EVENT = """
import datetime
from django.utils.timezone import now
from pretalx.event.models import Event
event = Event.objects.get(slug="democon")
event.is_public = True
event.save()
event.cfp.deadline = now() + datetime.timedelta(days=30)
event.cfp.save()
"""
FINISHED = HOME / "finished"


def find_python() -> Path | None:
    """A Python that pretalx runs on, or None."""
    named = os.environ.get("ANSO_BENCH_PYTHON312", "")
    homes = sorted(Path("~/.pyenv/versions").expanduser().glob("3.1[2-9]*/bin/python3"))
    candidates = [
        named,
        *(shutil.which(f"python3.{minor}") or "" for minor in (12, 13)),
        *map(str, homes),
    ]
    for found in filter(None, candidates):
        if (
            subprocess.run(
                [found, "-c", "import sys, venv; sys.exit(sys.version_info < (3, 12))"],
                capture_output=True,
                check=False,
            ).returncode
            == 0
        ):
            return Path(found)
    return None


def prepare_peer() -> Site | None:
    """Install pretalx and make its event, once; None where that cannot be done, with the reason
    printed.
    """
    python = find_python()
    if python is None:
        print("No Python 3.12 or newer: pretalx is left out.")
        return None
    site = Site("pretalx", PYTHON, "pretalx.wsgi:application", _environment(), "/democon/cfp")
    if FINISHED.exists():
        return site
    try:
        _install(python)
        _make_event()
    except (subprocess.CalledProcessError, OSError) as trouble:
        words = (
            trouble.stderr[-1500:]
            if isinstance(trouble, subprocess.CalledProcessError) and trouble.stderr
            else trouble
        )
        print(f"pretalx could not be set up and is left out:\n{words}")
        return None
    FINISHED.touch()
    return site


def peer_loads(site: Site) -> list[Load]:
    """Reading the proposal form and posting its first step, each in a session of its own."""
    with serve(site) as address:
        visitors = [_begin_proposal(address) for _ in range(SESSIONS)]
    reads = [(path, cookies, "") for path, cookies, _ in visitors]
    return [
        Load("pretalx form", site, lua_requests("GET", reads)),
        Load(
            "pretalx save",
            site,
            lua_requests("POST", visitors, "application/x-www-form-urlencoded"),
        ),
    ]


def version() -> str:
    """Which pretalx and Django were measured."""
    code = (
        "import django, pretalx, json; print(json.dumps([pretalx.__version__, django.__version__]))"
    )
    ours, django = json.loads(
        subprocess.run(
            [PYTHON, "-c", code], capture_output=True, text=True, check=True, env=_whole()
        ).stdout
    )
    return f"pretalx {ours} on Django {django}"


def _environment() -> dict[str, str]:
    return {
        "PRETALX_CONFIG_FILE": str(HOME / "pretalx.cfg"),
        "DJANGO_SETTINGS_MODULE": "pretalx.settings",
    }


def _whole() -> dict[str, str]:
    kept = {
        name: text
        for name, text in os.environ.items()
        if name not in ("DATABASE_URL", "PYTHONPATH")
    }
    return {**kept, **_environment()}


def _install(python: Path) -> None:
    HOME.mkdir(parents=True, exist_ok=True)
    if not PYTHON.exists():
        _run([str(python), "-m", "venv", str(HOME / "venv")])
    _run([str(PYTHON), "-m", "pip", "install", "-q", *PACKAGES])
    (HOME / "data").mkdir(exist_ok=True)
    (HOME / "pretalx.cfg").write_text(
        f"[filesystem]\ndata = {HOME}/data\nmedia = {HOME}/data/media\nlogs ="
        f" {HOME}/data/logs\nstatic = {HOME}/data/static\n[site]\ndebug = False\nurl ="
        f" http://127.0.0.1\n[database]\nbackend = sqlite3\nname = {HOME}/data/db.sqlite3\n"
    )


def _make_event() -> None:
    first = {
        "DJANGO_SUPERUSER_EMAIL": "a@example.org",
        "DJANGO_SUPERUSER_PASSWORD": "bench-only-" + "x" * 12,
        "PRETALX_INIT_ORGANISER_NAME": "Demo",
        "PRETALX_INIT_ORGANISER_SLUG": "demo",
    }
    for words in (["migrate", "--noinput"], ["rebuild"], ["collectstatic", "--noinput"]):
        _run([str(PYTHON), "-m", "pretalx", *words])
    _run([str(PYTHON), "-m", "pretalx", "init", "--noinput"], first)
    _run(
        [
            str(PYTHON),
            "-m",
            "pretalx",
            "create_test_event",
            "--stage",
            "cfp",
            "--slug",
            "democon",
            "--seed",
            "7",
        ]
    )
    _run([str(PYTHON), "-m", "pretalx", "shell", "--unsafe-disable-scopes"], typed=OPEN_EVENT)


def _run(command: list[str], more: dict[str, str] | None = None, typed: str = "") -> None:
    print(" ".join(["…", *command[1:5]]), flush=True)
    subprocess.run(
        command,
        cwd=HOME,
        env={**_whole(), **(more or {})},
        input=typed,
        text=True,
        capture_output=True,
        check=True,
    )


def _begin_proposal(address: str) -> tuple[str, str, str]:
    """Open the form as a new visitor; the path of its first step, the cookies, and what the first
    step posts.
    """
    jar = http.cookiejar.CookieJar()
    visitor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    with visitor.open(f"{address}/democon/submit/") as answer:
        path, page = urllib.parse.urlsplit(answer.url).path, answer.read().decode()
    posted = _filled(page)
    with visitor.open(
        urllib.request.Request(address + path, urllib.parse.urlencode(posted).encode())
    ) as answer:
        if urllib.parse.urlsplit(answer.url).path == path:
            found = re.findall(
                r'class="[^"]*(?:invalid-feedback|alert-danger)[^"]*">(.*?)<',
                answer.read().decode(),
                re.DOTALL,
            )
            message = f"pretalx does not take our first step: {found}"
            raise RuntimeError(message)
    cookies = "; ".join(f"{each.name}={each.value}" for each in jar if "csrf" not in each.name)
    csrf = next(each.value for each in jar if "csrf" in each.name)
    name = next(each.name for each in jar if "csrf" in each.name)
    return (
        path,
        f"{cookies}; {name}={csrf}",
        urllib.parse.urlencode(posted | {"csrfmiddlewaretoken": csrf}),
    )


class _FormReader(HTMLParser):
    """Collects what a browser would post: hidden fields, and the first choice of every
    selection.
    """

    def __init__(self) -> None:
        super().__init__()
        self.posted: dict[str, str] = {}
        self.selection = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take over one field."""
        field = {name: value or "" for name, value in attrs}
        if tag == "input" and field.get("type") in ("hidden", "radio"):
            self.posted.setdefault(field.get("name", ""), field.get("value", ""))
        elif tag == "select":
            self.selection = field.get("name", "")
        elif tag == "option" and self.selection and field.get("value"):
            self.posted.setdefault(self.selection, field["value"])


def _filled(page: str) -> dict[str, str]:
    """What the form posts, with our texts."""
    reader = _FormReader()
    reader.feed(page)
    text = (
        "Salt water moves up the Lower Tana further each dry season and spoils the maize of those"
        " who farm there. " * 10
    )
    return reader.posted | {
        "title": "Groundwater and maize",
        "abstract": text,
        "description": text,
        "notes": "",
        "action": "submit",
    }
