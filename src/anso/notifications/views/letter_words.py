"""The words of the letters of a mailing: changed for one kind and language, and tried out."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language_bidi, get_language_info, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anso.kernel.errors import BadInput
from anso.notifications import actions
from anso.notifications.models import Mailing, Message
from anso.notifications.notices import LETTERS, LetterText, text_of, text_of_letter
from anso.notifications.queries import get_mailing_for, get_message_for, kinds_of_letters
from anso.notifications.views.mailings import crumbs_of, page_of
from anso.notifications.wording import mail_kind, mailing_name
from anso.ui.question_fields import sentence


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, reference: str, code: str, language: str) -> HttpResponse:
    """Word one kind of letter in one language; every letter still held is written again."""
    now = timezone.now()
    shown = _found(request, reference, code, language, now)
    if code not in LETTERS:
        raise Http404
    typed, error = text_of_letter(LETTERS[code], shown.texts, language), ""
    if request.method == "POST":
        typed = LetterText(request.POST.get("subject", ""), request.POST.get("body", ""))
        wanted = None if request.POST.get("act") == "house" else typed
        try:
            count = actions.change_letter_text(
                mailing=shown,
                code=code,
                language=language,
                text=wanted,
                actor=request.user,
                now=now,
            )
        except BadInput as wrong:
            error = sentence(wrong.message)
        else:
            words = ngettext(
                "Saved. %(n)d letter was written again; read it.",
                "Saved. %(n)d letters were written again; read one of them.",
                count,
            )
            flash.success(request, words % {"n": count})
            return redirect("notifications:mailing", shown.reference)
    return _form(request, shown, (code, language), typed, error)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, reference: str) -> HttpResponse:
    """Word the letter of one reader, or give it the common words back."""
    now = timezone.now()
    letter = get_message_for(request.user, reference, now)
    if letter.mailing is None or letter.code not in LETTERS:
        raise Http404
    if letter.state != "held":
        flash.warning(request, _("This letter is not held any more, so its words stand."))
        return redirect("notifications:message", letter.reference)
    typed, error = text_of(letter, letter.mailing), ""
    if request.method == "POST":
        typed = LetterText(request.POST.get("subject", ""), request.POST.get("body", ""))
        wanted = None if request.POST.get("act") == "house" else typed
        try:
            actions.change_one_letter(letter=letter, text=wanted, actor=request.user, now=now)
        except BadInput as wrong:
            error = sentence(wrong.message)
        else:
            flash.success(request, _("Saved. This is how the letter reads now."))
            return redirect("notifications:message", letter.reference)
    return _form_of_one(request, letter, typed, error)


def _form_of_one(
    request: HttpRequest, letter: Message, typed: LetterText, error: str
) -> HttpResponse:
    reader = letter.recipient_label or letter.email
    alone = _("Words for this reader alone; all other letters stay as they are.")
    if letter.second_language:
        alone = _(
            "Words for this reader alone, in place of the text in both languages; all other letters"
            " stay as they are."
        )
    context = {
        "heading": _("Letter to %(name)s") % {"name": reader},
        "subheading": alone,
        "crumbs": [
            *crumbs_of(letter.mailing)[:-1],
            (mailing_name(letter.mailing), page_of(letter.mailing)),
            (reader, ""),
        ],
        "typed": typed,
        "error": error,
        "language": letter.language,
        "direction": _direction_of(letter.language),
        "places": {
            f"{{{name}}}": letter.facts.get(name, "") for name in LETTERS[letter.code].fields
        }.items(),
        "needed": [f"{{{name}}}" for name in LETTERS[letter.code].must_say],
        "is_own": bool(letter.own_text),
        "back_words": _("Back to the common words"),
        "back_url": reverse("notifications:message", args=[letter.reference]),
    }
    return render(request, "notifications/mailing_text.html", context, status=422 if error else 200)


def _direction_of(language: str) -> str:
    with override(language):
        return "rtl" if get_language_bidi() else "ltr"


@login_required
@require_POST
def try_out(request: HttpRequest, reference: str, code: str, language: str) -> HttpResponse:
    """Send a test to the officer's own address."""
    now = timezone.now()
    shown = _found(request, reference, code, language, now)
    sent = actions.try_letter(
        mailing=shown, code=code, language=language, to=request.user, actor=request.user, now=now
    )
    flash.success(
        request, _("A test leaves for %(email)s. Nobody else gets it.") % {"email": sent.email}
    )
    return redirect("notifications:mailing", shown.reference)


def _form(
    request: HttpRequest, shown: Mailing, which: tuple[str, str], typed: LetterText, error: str
) -> HttpResponse:
    code, language = which
    way = [*crumbs_of(shown)[:-1], (mailing_name(shown), page_of(shown)), (_("Words"), "")]
    context = {
        "heading": capfirst(mail_kind(code)),
        "subheading": get_language_info(language)["name_translated"],
        "crumbs": way,
        "mailing": shown,
        "typed": typed,
        "error": error,
        "language": language,
        "direction": _direction_of(language),
        "places": _example(shown, code, language).items(),
        "needed": [f"{{{name}}}" for name in LETTERS[code].must_say],
        "is_own": language in shown.texts.get(code, {}) and not LETTERS[code].is_unworded,
        "back_words": _("Back to the words of the house"),
        "back_url": page_of(shown),
    }
    return render(request, "notifications/mailing_text.html", context, status=422 if error else 200)


def _found(
    request: HttpRequest, reference: str, code: str, language: str, now: dt.datetime
) -> Mailing:
    """A mailing that the reader looks after, with letters of a kind and language."""
    shown = get_mailing_for(request.user, reference, now)
    if (code, language) not in {each[:2] for each in kinds_of_letters(shown)}:
        raise Http404
    return shown


def _example(shown: Mailing, code: str, language: str) -> dict[str, str]:
    """What comes in at each place, in the letter of the first reader."""
    letter = shown.letters.filter(code=code, language=language).order_by("id").first()
    facts = letter.facts if letter else {}
    return {f"{{{name}}}": facts.get(name, "") for name in LETTERS[code].fields}
