"""Counting text the same way in the server and in the browser (`ui/scripts/autosave/text_length.js`
mirrors this module).

Belongs here: what a word and a character are. Does not: limits themselves, which belong to the
question.
"""

from __future__ import annotations

import re
import unicodedata

# Han, kana and hangul are written without spaces between words: there each sign counts as one word.
CJK = (
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f"
)
# The white space of the ECMAScript standard, so that both sides split alike, and the full-width
# punctuation that separates signs.
SPACE = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
WIDE = "\u3001-\u3004\u3008-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
WORD = re.compile(f"[{CJK}]|[^{CJK}{SPACE}{WIDE}]+")
# The same for text of ASCII signs only, which is counted eight times faster.
ASCII_WORD = re.compile("[^\t\n\v\f\r ]+")
NEWLINE = re.compile("\r\n?")
# Marks that sit on the letter before them and are not counted by themselves.
MARK = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\u200c\u200d]"
)


def normalise(text: str) -> str:
    """Return the text in Unicode form NFC with every line break as one newline."""
    return unicodedata.normalize("NFC", NEWLINE.sub("\n", text))


def count_words(text: str) -> int:
    """Count words: runs between white space, and each Han, kana or hangul sign as one."""
    if text.isascii():
        return len(ASCII_WORD.findall(text))
    return sum(1 for _ in WORD.finditer(normalise(text)))


def count_characters(text: str) -> int:
    """Count characters after normalisation: one per code point, a line break as one, combining
    marks not at all.
    """
    return len(MARK.sub("", normalise(text)))
