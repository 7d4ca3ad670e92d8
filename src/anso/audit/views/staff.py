"""The record for auditors: the list, one object's story, and the proof that nothing was altered."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from anso.audit.queries import (
    RecordFilter,
    chain_of,
    entries_matching,
    names_of_actors,
    names_of_keys,
    verify_record,
)
from anso.audit.rules import may_read_record
from anso.audit.wording import (
    KINDS,
    VERBS,
    actors_in_words,
    changes_in_words,
    keys_in,
    kind_words,
    label_words,
    verb_words,
    why_words,
)
from anso.ui.ordering import in_reader_order
from anso.ui.question_fields import sentence

PAGE = 100


@login_required
@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """All entries that match, newest first."""
    may_read_record(request.user, timezone.now()).require()
    wanted = read_filter(request)
    # One more than is shown tells whether there are older ones. How many there are in all, nobody
    # counts: it would read the whole record for every page.
    found = list(entries_matching(wanted)[: PAGE + 1])
    shown = found[:PAGE]
    names = names_of_keys(keys_in(shown, with_changes=False))
    context = {
        "heading": _("Record"),
        "subheading": _("Who did what, when and why. Nothing here can be changed or removed."),
        "secondary": [{"label": _("Seals"), "url": reverse("audit:checkpoints")}],
        "primary": {"label": _("Verify the record"), "url": reverse("audit:verification")},
        "rows": [
            {
                "entry": entry,
                "who": who,
                "words": verb_words(entry.verb),
                "name": label_words(entry.object_type, entry.object_label),
                "kind": kind_words(entry.object_type),
                "why": why_words(entry, names),
            }
            for entry, who in actors_in_words(shown, names_of_actors(shown), is_told_apart=True)
        ],
        "older": shown[-1].pk if len(found) > PAGE else None,
        "wanted": wanted,
        "on": request.GET.get("on", "") if wanted.on else "",
        "kinds": in_reader_order(
            ((str(words), kind) for kind, words in KINDS.items()), lambda pair: pair[0]
        ),
        "verbs": in_reader_order(
            ((str(words), verb) for verb, words in VERBS.items()), lambda pair: pair[0]
        ),
    }
    return render(request, "audit/record.html", context)


@login_required
@require_safe
def chain(request: HttpRequest, object_type: str, object_id: int) -> HttpResponse:
    """Everything that ever happened to one object, as a story, each step with its seal."""
    may_read_record(request.user, timezone.now()).require()
    entries = chain_of(object_type, object_id)
    names = names_of_keys(keys_in(entries))
    name = label_words(object_type, entries[-1].object_label)
    context = {
        "heading": name,
        "subheading": f"{kind_words(object_type)} · {object_type} {object_id}",
        "crumbs": [(_("Record"), reverse("audit:record")), (name, "")],
        "steps": [
            {
                "entry": entry,
                "who": who,
                "words": verb_words(entry.verb),
                "why": why_words(entry, names),
                "changes": changes_in_words(entry, names),
            }
            for entry, who in actors_in_words(entries, names_of_actors(entries), is_told_apart=True)
        ],
    }
    return render(request, "audit/chain.html", context)


@login_required
@require_safe
def verification(request: HttpRequest) -> HttpResponse:
    """Walk through the whole record now and say what was found; with ``?root=``, also whether that
    noted root is still in it.
    """
    may_read_record(request.user, timezone.now()).require()
    noted = request.GET.get("root", "").strip().lower()[:64]
    found = verify_record(noted_root=noted)
    words = ngettext("%(n)d fault", "%(n)d faults", len(found.faults)) % {"n": len(found.faults)}
    context = {
        "heading": (
            _("The record is intact") if found.is_intact else _("The record was tampered with")
        ),
        "status": _("intact") if found.is_intact else words,
        "tone": "good" if found.is_intact else "stop",
        "crumbs": [(_("Record"), reverse("audit:record")), (_("Verification"), "")],
        "found": found,
        "faults": [(sentence(each.place), sentence(each.wrong)) for each in found.faults],
        "noted": noted,
        "facts": [
            {"label": _("Entries"), "value": found.entry_count},
            {"label": _("Chains"), "value": found.chain_count, "note": _("one per object")},
            {"label": _("Seals"), "value": found.checkpoint_count},
            {"label": _("Not sealed yet"), "value": found.unsealed_count},
        ],
    }
    return render(request, "audit/verification.html", context)


def read_filter(request: HttpRequest) -> RecordFilter:
    """The filter of the address; what makes no sense counts as blank."""
    asked = {
        name: request.GET.get(name, "").strip()[:100]
        for name in ("kind", "verb", "q", "actor", "on", "before")
    }
    before = asked["before"]
    try:
        on = dt.date.fromisoformat(asked["on"])
    except ValueError:
        on = None
    return RecordFilter(
        object_type=asked["kind"][:60],
        verb=asked["verb"][:60],
        label=asked["q"],
        actor=asked["actor"],
        on=on,
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 18 else None,
    )
