"""Letters to people for officers: what was prepared, read one by one, worded, tried, let go some at
a time, and stopped.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from anso.kernel.errors import BadInput
from anso.notifications import actions
from anso.notifications.enums import TONES, MessageState
from anso.notifications.forms import read_filter, read_how_many
from anso.notifications.models import Mailing
from anso.notifications.notices import LETTERS
from anso.notifications.queries import (
    context_name,
    get_context,
    get_mailing_for,
    held_letters,
    kinds_of_letters,
    mailings_visible_to,
    with_counts,
)
from anso.notifications.queries.audiences import letters_no_longer_meant
from anso.notifications.rules import may_read_outbox
from anso.notifications.wording import WHY_LEFT_OUT, mail_kind, mailing_name
from anso.ui.fields import error_list, fields_for
from anso.ui.question_fields import in_a_row, sentence

PAGE = 50
NAMED = 5


@login_required
@require_safe
def mailings(request: HttpRequest) -> HttpResponse:
    """Every mailing that the reader looks after, newest first; those of one call where asked."""
    now = timezone.now()
    may_read_outbox(request.user, now).require()
    wanted = read_filter(request.GET)
    found = mailings_visible_to(request.user, now, wanted.context_type, wanted.context_id)
    page = Paginator(with_counts(found), PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Letters to people"),
        "subheading": _("What was prepared for people to read. None leaves before you release it."),
        "page": page,
        "rows": [(each, mailing_name(each), context_name(each)) for each in page],
    }
    return render(request, "notifications/mailings.html", context)


@login_required
@require_safe
def mailing(request: HttpRequest, reference: str) -> HttpResponse:
    """One mailing: its letters, its words, and what can be done with it."""
    shown = get_mailing_for(request.user, reference, timezone.now())
    counted = with_counts(Mailing.objects.filter(pk=shown.pk)).get()
    letters = shown.letters.order_by("id")
    page = Paginator(letters, PAGE).get_page(request.GET.get("page"))
    gone = letters_no_longer_meant(shown, get_context(shown), request.user, timezone.now())
    context = {
        "heading": mailing_name(shown),
        "subheading": context_name(shown),
        "changed": gone,
        "unwritten": len(shown.chosen.get("keys", ())) - shown.letters.count(),
        "left_out": [
            (label, address, WHY_LEFT_OUT[why])
            for label, address, why in shown.chosen.get("left_out", ())
        ],
        "crumbs": crumbs_of(shown),
        "mailing": counted,
        "kinds": [
            {
                "code": code,
                "language": language,
                "kind": mail_kind(code),
                "language_name": get_language_info(language)["name_translated"],
                "count": count,
                "is_own": language in shown.texts.get(code, {}),
                "can_change": code in LETTERS,
            }
            for code, language, count in kinds_of_letters(shown)
        ],
        "page": page,
        "rows": [
            (
                each,
                mail_kind(each.code),
                get_language_info(each.language)["name_translated"],
                MessageState(each.state).label,
                TONES[each.state],
                each.pk in gone,
            )
            for each in page
        ],
    }
    return render(request, "notifications/mailing.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask once more, then let all letters go or the next few."""
    now = timezone.now()
    shown = get_mailing_for(request.user, reference, now)
    try:
        most = read_how_many(request.POST if request.method == "POST" else request.GET)
    except BadInput as wrong:
        flash.error(request, sentence(wrong.message))
        return redirect("notifications:mailing", shown.reference)
    if request.method == "POST":
        left, stopped = actions.release_letters(
            mailing=shown,
            actor=request.user,
            now=now,
            most=most,
            leave_out=bool(request.POST.get("leave_out")),
        )
        words = ngettext("%(n)d letter leaves.", "%(n)d letters leave.", left) % {"n": left}
        flash.success(request, words)
        if stopped:
            words = ngettext(
                "%(n)d letter was stopped: what it tells is no longer so.",
                "%(n)d letters were stopped: what they tell is no longer so.",
                stopped,
            )
            flash.warning(request, words % {"n": stopped})
        return redirect("notifications:mailing", shown.reference)
    return _release_question(request, shown, most)


def _release_question(request: HttpRequest, shown: Mailing, most: int | None) -> HttpResponse:
    gone = letters_no_longer_meant(shown, get_context(shown), request.user, timezone.now())
    names = _names(shown, most, without=gone) or _names(shown, most)
    words = ngettext("Release %(n)d letter?", "Release %(n)d letters?", len(names))
    context = {
        "heading": words % {"n": len(names)},
        "consequences": [
            _("They leave within minutes and cannot be called back."),
            _to(names),
        ],
        "fields": fields_for(_leaving_out(shown, gone)),
        "hidden": [("how_many", str(len(names)))],
        "button": _("Release"),
        "action_url": reverse("notifications:mailing_release", args=[shown.reference]),
        "back_url": page_of(shown),
    }
    return _asked_or_back(request, shown, names, context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask why, then never send what is still held."""
    now = timezone.now()
    shown = get_mailing_for(request.user, reference, now)
    because, error = request.POST.get("because", ""), ""
    if request.method == "POST":
        try:
            count = actions.stop_letters(
                mailing=shown, actor=request.user, now=now, because=because
            )
        except BadInput as wrong:
            error = sentence(wrong.message)
        else:
            words = ngettext("%(n)d letter was stopped.", "%(n)d letters were stopped.", count)
            flash.success(request, words % {"n": count})
            return redirect("notifications:mailing", shown.reference)
    return _stop_question(request, shown, because, error)


def _stop_question(request: HttpRequest, shown: Mailing, because: str, error: str) -> HttpResponse:
    names = _names(shown, None)
    words = ngettext("Stop %(n)d letter?", "Stop %(n)d letters?", len(names))
    context = {
        "heading": words % {"n": len(names)},
        "consequences": [
            _("They are never sent. This cannot be undone. What left has left."),
            _to(names),
        ],
        "fields": fields_for(_why(because, error)),
        "error_list": error_list(_why(because, error)),
        "button": _("Stop these letters"),
        "action_url": reverse("notifications:mailing_stop", args=[shown.reference]),
        "back_url": page_of(shown),
        "is_final": True,
    }
    return _asked_or_back(request, shown, names, context)


def _asked_or_back(
    request: HttpRequest, shown: Mailing, names: list[str], context: dict[str, Any]
) -> HttpResponse:
    """The question, unless nothing is held any more."""
    if names:
        return render(request, "ui/dialog.html", context)
    flash.warning(request, _("No letter is held here any more."))
    return redirect("notifications:mailing", shown.reference)


def _why(because: str, error: str) -> list[dict[str, Any]]:
    return [
        {
            "key": "because",
            "type": "text",
            "label": _("Why?"),
            "hint": _("It stands in the record."),
            "required": True,
            "value": because,
            "error": error,
        }
    ]


def _leaving_out(shown: Mailing, gone: set[int]) -> list[dict[str, Any]]:
    """The tick that stops letters to those whom the filter would not find any more."""
    if not gone:
        return []
    names = [each.recipient_label or each.email for each in held_letters(shown).filter(pk__in=gone)]
    words = ngettext(
        "Leave out %(n)d who no longer matches what you chose by. %(readers)s",
        "Leave out %(n)d who no longer match what you chose by. %(readers)s",
        len(names),
    )
    label = words % {"n": len(names), "readers": _to(names)}
    return [{"key": "leave_out", "type": "statement", "label": label, "value": True}]


def _names(shown: Mailing, most: int | None, without: Collection[int] = ()) -> list[str]:
    """Who is written to by the letters that are still held, in the order in which they leave."""
    found = held_letters(shown).exclude(pk__in=without)[:most]
    return [each.recipient_label or each.email for each in found]


def _to(names: list[str]) -> str:
    readers, rest = in_a_row(names[:NAMED]), len(names) - NAMED
    if rest > 0:
        readers += " " + ngettext("and %(n)d more", "and %(n)d more", rest) % {"n": rest}
    return _("To: %(readers)s") % {"readers": readers}


def page_of(shown: Mailing) -> str:
    """The address of a mailing."""
    return reverse("notifications:mailing", args=[shown.reference])


def crumbs_of(shown: Mailing) -> list[tuple[str, str]]:
    """The way to a mailing."""
    everything = f"{reverse('notifications:mailings')}?of={shown.context_type}:{shown.context_id}"
    return [(_("Letters to people"), everything), (mailing_name(shown), "")]
