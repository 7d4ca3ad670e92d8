"""Counting text the same way in the server and in the browser (`ui/scripts/autosave/text_length.js`
mirrors this module).

Belongs here: what a word and a character are. Does not: limits themselves, which belong to the
question.
"""

from __future__ import annotations

import re
import unicodedata

from icu4py.breakers import WordBreaker

# Dictionaries are chosen by script; the locale only decides on details of Latin and Greek.
ICU_LOCALE = "en"
# Scripts that put no spaces between words. Hangul does; a run of it between spaces is one word.
UNSPACED = (
    "\u0e00-\u0e3e\u0e40-\u0fff"  # Thai, Lao, Tibetan
    "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"  # Burmese and its neighbours
    "\u1780-\u17da\u17dc-\u17ff\u1950-\u19df\u1a20-\u1aaf"  # Khmer, Tai
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"  # Han
)
# The white space of the ECMAScript standard, so that both sides split alike, with the word space of
# Ethiopic; and the full-width punctuation that separates signs.
SPACE = "\t\n\v\f\r \u00a0\u1361\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
WIDE = "\u3001-\u3004\u3008-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
RUN = re.compile(f"([{UNSPACED}]+)|[^{UNSPACED}{SPACE}{WIDE}]+")
# The same for text of ASCII signs only, which is counted eight times faster.
ASCII_WORD = re.compile("[^\t\n\v\f\r 0-9A-Za-z]*[0-9A-Za-z][^\t\n\v\f\r ]*")
NEWLINE = re.compile("\r\n?")
# Marks that sit on the letter before them and are not counted by themselves.
MARK = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\u200c\u200d]"
)


def normalise(text: str) -> str:
    """Return the text in Unicode form NFC with every line break as one newline."""
    return unicodedata.normalize("NFC", NEWLINE.sub("\n", text))


def count_words(text: str) -> int:
    """Count words: runs between white space that hold a letter or a digit.

    In scripts without spaces between words (Thai, Lao, Khmer, Burmese, Han, kana) words are those
    of Unicode text segmentation with ICU's dictionaries, and in Tibetan syllables (UAX 29).
    """
    if text.isascii():
        return len(ASCII_WORD.findall(text))
    return sum(
        sum(map(_is_word, WordBreaker(run[0], ICU_LOCALE))) if run[1] else _is_word(run[0])
        for run in RUN.finditer(normalise(text))
    )


def _is_word(part: str) -> bool:
    return any(map(str.isalnum, part))


def count_characters(text: str) -> int:
    """Count characters after normalisation: one per code point, a line break as one, combining
    marks not at all.
    """
    return len(MARK.sub("", normalise(text)))
