"""Invented content for the living style guide. Every name and figure here is made up; no product
code may import this.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from anso.ui import fields
from anso.ui.example_tables import TABLES

NOW = datetime(2027, 2, 9, 12, 0, tzinfo=UTC)
CLOSES = datetime(2027, 2, 15, 15, 59, tzinfo=UTC)


@dataclass(frozen=True)
class Component:
    """One page of the guide: what the component is called and when to use it."""

    title: Any
    purpose: Any
    is_staff: bool = False


COMPONENTS: dict[str, Component] = {
    "type": Component(_("Type, colour and space"), _("The tokens that everything else is made of")),
    "page-header": Component(_("Page header"), _("Breadcrumb, one title, one primary action")),
    "task-list": Component(_("Task list"), _("What a person has to do, in order, with states")),
    "steps": Component(_("Steps"), _("Where one is in a short sequence of pages")),
    "fields": Component(
        _("Fields"), _("Every kind of question: label, hint, reason, error, counter")
    ),
    "files": Component(_("File field"), _("Uploads that resume, and the receipt for each")),
    "errors": Component(
        _("Error summary and messages"),
        _("What went wrong, in the reader’s words, linked to its field"),
    ),
    "status": Component(
        _("Status tag"), _("A state as word, shape and colour; never colour alone")
    ),
    "callout": Component(_("Callout"), _("The one thing on the page that must be read")),
    "facts": Component(_("Facts"), _("A few large numbers in a row")),
    "lists": Component(
        _("Lists and pairs"), _("Rows that lead somewhere; terms with their values")
    ),
    "timeline": Component(_("Timeline"), _("What happened and what comes next, with instants")),
    "empty": Component(_("Empty state"), _("A list without rows says how it gets its first")),
    "dialog": Component(
        _("Question before an act"),
        _("A page that asks once, and says what will happen"),
    ),
    "table": Component(
        _("Table"),
        _("Sets of things for staff: filter, sort, choose, act"),
        is_staff=True,
    ),
    "charts": Component(_("Charts"), _("Pictures that carry numbers, each with its table")),
    "map": Component(_("Map"), _("Members and applicants on the world")),
    "dates": Component(
        _("Dates and time left"),
        _("Instants with month name and zone; time left in words"),
    ),
    "mail": Component(_("Mail"), _("The layout of every message that leaves")),
}

TASKS = [
    {
        "title": "Are you eligible?",
        "url": "#",
        "note": "Age 28 on 31 December 2027 (limit 35)",
        "status": "done",
        "tone": "good",
    },
    {
        "title": "Where you want to study",
        "url": "#",
        "note": "1. UCAS · 2. USTC",
        "status": "in progress",
        "tone": "act",
    },
    {
        "title": "Documents",
        "url": "#",
        "note": "Passport, certificates, transcripts",
        "status": "1 of 5 missing",
        "tone": "attn",
    },
    {
        "title": "Letters",
        "url": "#",
        "note": "The mail to Dr. Каримов came back",
        "status": "bounced",
        "tone": "stop",
    },
    {"title": "Declarations", "note": "Opens when the rest is done", "status": "to do"},
]
STEPS = [
    {"label": "Who you are", "url": "#", "is_done": True},
    {"label": "Your letter", "url": "#", "is_current": True},
    {"label": "Check and send"},
]
FIELDS: list[dict[str, Any]] = [
    {
        "key": "h",
        "type": "heading",
        "label": "About your research",
        "hint": "Reviewers read this page first.",
    },
    {
        "key": "title",
        "type": "text",
        "label": "Title",
        "required": True,
        "value": "Groundwater salinity in the Lower Tana",
    },
    {
        "key": "proposal",
        "type": "longtext",
        "label": "What do you want to find out, and how?",
        "required": True,
        "hint": "We ask to judge the idea, not the English.",
        "who_sees": "Seen by: you, two programme officers, three reviewers.",
        "limit": {"words": 1500},
        "value": "Salt water moves up the Lower Tana further each dry season.",
    },
    {
        "key": "start",
        "type": "date",
        "label": "Start date",
        "required": True,
        "value": "2027-07-01",
        "error": "The programme starts on 1 September 2027; choose a date in September or October.",
    },
    {
        "key": "born",
        "type": "birth",
        "label": "Date of birth",
        "required": True,
        "value": "1994",
    },
    {
        "key": "gpa",
        "type": "number",
        "label": "Average mark",
        "step": "0.01",
        "value": "3.72",
    },
    {
        "key": "mail",
        "type": "email",
        "label": "Referee’s address",
        "required": True,
        "autocomplete": "off",
    },
    {
        "key": "level",
        "type": "choice",
        "label": "Level",
        "required": True,
        "options": [("m", "Master’s"), ("d", "Doctoral")],
        "value": "d",
    },
    {
        "key": "tongues",
        "type": "multichoice",
        "label": "Languages you can study in",
        "options": [("en", "English"), ("zh", "中文"), ("ar", "العربية")],
        "value": ["en", "ar"],
    },
    {
        "key": "before",
        "type": "yesno",
        "label": "Have you studied in China before?",
        "required": True,
        "value": False,
    },
    {
        "key": "citizen",
        "type": "country",
        "label": "Citizenship",
        "required": True,
        "why": "The fellowship is for citizens of any country but China.",
        "options": (("KE", "Kenya"), ("LK", "Sri Lanka"), ("UZ", "Uzbekistan")),
        "value": "KE",
    },
    {
        "key": "part_of",
        "type": "select",
        "label": "Part of",
        "none": "nothing",
        "options": (("f27", "F27 · Fellowship for Young Talents 2027"),),
        "value": "f27",
    },
    {
        "key": "hosts",
        "type": "ranking",
        "label": "Hosts in your order",
        "required": True,
        "options": [("ucas", "UCAS"), ("ustc", "USTC")],
        "value": ["ustc", "ucas"],
    },
    {
        "key": "referee",
        "type": "person",
        "label": "Your first referee",
        "required": True,
        "value": {"name": "Рустам Каримов"},
    },
    {
        "key": "partners",
        "type": "partners",
        "label": "Partners",
        "required": True,
        "options": [("KE", "Kenya"), ("NP", "Nepal")],
        "value": [{"organisation": "Tribhuvan University", "country": "NP", "name": "Sita Rai"}],
    },
    *TABLES,
    {
        "key": "truth",
        "type": "statement",
        "label": "What I wrote is true and my own work.",
        "required": True,
        "error": "Confirm this to go on.",
    },
]
FILE: dict[str, Any] = {
    "key": "passport",
    "type": "file",
    "label": "Passport",
    "required": True,
    "hint": "PDF or picture, at most 10 MB. The page with your name and photograph.",
    "accept": ".pdf,.jpg,.png",
    "upload_url": "/example/uploads/",
    "files": [
        {
            "name": "passport-Αμίνα.pdf",
            "url": "#",
            "size": 482133,
            "receipt": "8d41",
            "status": "checked",
            "tone": "good",
            "remove": "4F2K",
        },
        {
            "name": "scan (2).pdf",
            "url": "#",
            "size": 1482133,
            "receipt": "77f0",
            "status": "being checked",
            "tone": "act",
        },
    ],
}
EVENTS = [
    {
        "at": NOW - timedelta(days=60),
        "zone": "Asia/Shanghai",
        "title": "Call opened",
        "is_past": True,
    },
    {
        "at": CLOSES,
        "zone": "Asia/Shanghai",
        "title": "Call closes",
        "note": "Decided by arrival at our server",
        "is_current": True,
    },
    {"when": "2–30 April", "title": "Three reviewers score"},
    {"when": "1 June", "title": "Everyone hears, with reasons"},
]
PEOPLE = [
    ("Amina Yusuf", "Ethiopia", 5.6, (1, 2.2, 5), "seat", "good", ""),
    ("Đặng Minh Châu", "Viet Nam", 5.51, (1, 5.7, 9), "seat", "good", ""),
    ("Рустам Каримов", "Uzbekistan", 5.42, (4, 9.2, 14), "seat", "good", ""),
    ("محمد الهاشمي", "Algeria", 5.06, (15, 21, 25), "draw", "attn", "band line"),
    ("李雨桐", "Singapore", 4.88, (19, 27.2, 32), "draw", "attn", "band"),
    ("Chanthavy Sok", "Cambodia", 4.7, (27, 33.7, 38), "reserve", "", ""),
    ("Temesgen Bekele", "Ethiopia", 3.1, (40, 47, 50), "not eligible", "stop", ""),
]
POINTS = [
    {"lat": -1.29, "lon": 36.82, "label": "Nairobi", "url": "#"},
    {"lat": 39.9, "lon": 116.4, "label": "Beijing", "url": "#"},
    {"lat": -34.6, "lon": -58.4, "label": "Buenos Aires", "url": "#"},
    {"lat": 6.93, "lon": 79.86, "label": "Colombo", "url": "#"},
    {"lat": -41.3, "lon": 174.8, "label": "Wellington", "url": "#"},
    {"lat": 51.5, "lon": -0.13, "label": "London", "url": "#"},
]


CONTENT: dict[str, dict[str, Any]] = {
    "page-header": {
        "status": "draft",
        "tone": "act",
        "primary": {"label": "Check your answers", "url": "#"},
        "secondary": [{"label": "Print", "url": "#"}],
    },
    "task-list": {"tasks": TASKS},
    "steps": {"steps": STEPS},
    "mail": {
        "subject": "Reminder: your draft closes in three days",
        "paragraphs": ["Dear Amina Yusuf,", "your application is a draft. Submit it here:"],
        "link": "https://anso.example/applications/",
        "site_url": "https://anso.example",
    },
    "fields": {"entries": FIELDS},
    "files": {
        "entries": [
            FILE,
            {
                **FILE,
                "key": "other",
                "files": [],
                "error": (
                    "This file is locked with a password. Save it without one and upload it again."
                ),
            },
        ]
    },
    "errors": {
        "error_list": [
            {"key": "start", "message": "Choose a date in September or October"},
            {"key": "truth", "message": "Confirm this to go on"},
        ]
    },
    "facts": {
        "facts": [
            {"label": "Seats filled", "value": "487 / 500"},
            {"label": "Countries", "value": 71},
            {"label": "First applications", "value": "46 %", "note": "44 % of applicants"},
        ]
    },
    "lists": {
        "pairs": [
            ("Opened", "10:42 UTC"),
            ("Tellers", "PAS, ABC"),
            ("Proxies", "11, at most one each"),
        ]
    },
    "timeline": {"events": EVENTS},
    "table": {
        "people": PEOPLE,
        "page": Paginator(range(2914), 50).page(2),
        "chips": [
            {"label": "PhD", "url": "#", "count": "2,011", "is_current": True},
            {"label": "Near the line", "url": "#", "count": 26},
        ],
        "bulk_acts": [
            {"label": "Assign reviewers", "value": "assign"},
            {"label": "Ask again", "value": "ask"},
        ],
    },
    "charts": {
        "stages": [
            ("Started", 6120),
            ("Submitted", 4018),
            ("Eligible", 3377),
            ("Reviewed", 3370),
            ("Offered", 487),
        ],
        "bars": [
            ("Ethiopia", 412),
            ("Pakistan", 377),
            ("Uzbekistan", 122),
            ("Lao People’s Democratic Republic", 9),
        ],
        "hosts": [("UCAS", 287, 300), ("USTC", 200, 200)],
        "people": PEOPLE,
    },
    "map": {"points": POINTS},
    "dates": {
        "closes": CLOSES,
        "now": NOW,
        "soon": NOW + timedelta(hours=3),
        "late": NOW - timedelta(hours=1),
    },
}


def content_for(name: str) -> dict[str, Any]:
    """Return what the example of one component shows."""
    content = dict(CONTENT.get(name, {}))
    if "entries" in content:
        content["fields"] = fields.fields_for(content.pop("entries"))
    return content
