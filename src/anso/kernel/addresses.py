"""Addresses for mail: whether one can be delivered to as it is spelled, in which form two are the
same, and slips in well-known names.

Syntax by RFC 5321, 5322 and 6531, names of hosts by IDNA 2008. Not here: asking a name server, or
sending.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches

import idna

from anso.kernel.errors import BadInput
from anso.kernel.names import clean_line
from anso.kernel.wording import Message, gettext_noop

ADDRESS_LIMIT, BOX_LIMIT = 254, 64
# An atom of RFC 5322, to which RFC 6531 adds everything beyond ASCII.
_ATOM = r"[\w!#$%&'*+/=?^`{|}~\u0080-\U0010ffff-]+"
_BOX = re.compile(rf"{_ATOM}(\.{_ATOM})*")
_TAG = re.compile(r"(?<=.)\+.*$")
_DOTS = re.compile("[\u3002\uff0e\uff61]")  # the full stops that IDNA takes for dots
# Nothing is ever delivered to these (RFC 2606, 6761, 6762).
UNDELIVERABLE = frozenset({"test", "invalid", "localhost", "local", "onion", "internal", "lan"})
# Their mailboxes are the same with and without dots.
DOTLESS = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}
WELL_KNOWN = (
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "yahoo.com",
    "icloud.com", "live.com", "mail.com", "email.com", "protonmail.com",
    "foxmail.com", "yandex.ru", "ymail.com", "naver.com",
)  # fmt: skip
# Of one letter more or less than these are hosts of their own, so a slip is told by name only.
SLIPS = {
    "gmai.com": "gmail.com", "gmial.com": "gmail.com", "gmal.com": "gmail.com",
    "gnail.com": "gmail.com", "gamil.com": "gmail.com", "gmail.co": "gmail.com",
    "gmail.cm": "gmail.com", "gmail.om": "gmail.com", "hotmail.co": "hotmail.com",
    "hotmai.com": "hotmail.com", "hotnail.com": "hotmail.com", "yaho.com": "yahoo.com",
    "yahoo.co": "yahoo.com", "yahoo.cm": "yahoo.com", "outlook.co": "outlook.com",
    "qq.con": "qq.com", "163.con": "163.com", "mail.tu": "mail.ru",
}  # fmt: skip
ENDINGS = {"con": "com", "cmo": "com", "ocm": "com", "comm": "com", "vom": "com", "cim": "com"}
# Closer than hosts that exist beside each other, such as those of two countries.
CLOSE = 0.9


def clean_address(typed: str) -> str | None:
    """Return the address with its host in lower case and as people write it, or None when nothing
    can be delivered to it.
    """
    return None if address_fault(typed) else _spelled(typed)


def address_fault(typed: str) -> Message | None:
    """Say why nothing can be delivered to an address, or None."""
    address = _spelled(typed)
    box, at, host = address.rpartition("@")
    if not at or not box or not host or len(address) > ADDRESS_LIMIT:
        return Message("not_an_address", gettext_noop("Give an address like name@example.org."))
    if not _BOX.fullmatch(box) or len(box.encode()) > BOX_LIMIT:
        text = gettext_noop("“%(part)s” before the @ cannot be the name of a mailbox.")
        return Message("no_mailbox", text, {"part": box})
    if not box.isascii():
        text = gettext_noop(
            "Our mail reaches only mailboxes in Latin letters, and “%(part)s” is in others. Give"
            " the address that you have in Latin letters; after the @ any letters will do."
        )
        return Message("no_latin_mailbox", text, {"part": box})
    return _host_fault(host)


def require_address(typed: str) -> None:
    """Refuse an address that nothing can be delivered to, with what is wrong with it."""
    fault = address_fault(typed)
    if fault is not None:
        raise BadInput(fault.text, code=fault.code, **fault.facts)


def _host_fault(host: str) -> Message | None:
    place = {"host": host}
    try:
        spelled = idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        text = gettext_noop("“%(host)s” after the @ cannot be the name of a mail host.")
        return Message("no_host", text, place)
    ending = spelled.rpartition(".")[2]
    if "." not in spelled or ending in UNDELIVERABLE or ending.isdigit():
        text = gettext_noop("No mail is delivered to “%(host)s”. Write the whole name of the host.")
        return Message("no_delivery", text, place)
    return None


def likely_slip(address: str) -> str:
    """Return what was probably meant where a well-known host is misspelled; blank where nothing
    looks like a slip.
    """
    box, _, host = address.rpartition("@")
    name, _, ending = host.rpartition(".")
    meant = SLIPS.get(host, "")
    if not meant and ending in ENDINGS and name:
        meant = f"{name}.{ENDINGS[ending]}"
    if not meant and host not in WELL_KNOWN:
        meant = next(iter(get_close_matches(host, WELL_KNOWN, 1, CLOSE)), "")
    return f"{box}@{meant}" if meant else ""


def same_mailbox(address: str) -> str:
    """Return the form in which addresses of one mailbox are equal: case, what follows a plus sign,
    dots where a host ignores them, and the spelling of the host aside.
    """
    box, at, host = unicodedata.normalize("NFKC", address.strip()).casefold().rpartition("@")
    if not at:
        return ""
    host = ascii_host(host)
    box = _TAG.sub("", box)
    if host in DOTLESS:
        box, host = box.replace(".", ""), DOTLESS[host]
    return f"{box}@{host}"


def ascii_host(host: str) -> str:
    """Return a host as name servers know it; one that they cannot know stays as it is."""
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        return host.casefold()


def for_envelope(address: str) -> str:
    """Return the address as a mail system takes it: with the host in ASCII, and the mailbox as it
    is.
    """
    box, _, host = address.rpartition("@")
    return f"{box}@{ascii_host(host)}"


def _spelled(typed: str) -> str:
    address = clean_line(typed[: ADDRESS_LIMIT + 2], limit=ADDRESS_LIMIT + 2)
    box, at, host = address.rpartition("@")
    return f"{box}{at}{_DOTS.sub('.', host).lower()}"
