"""What happens to files, in words: for the record, in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise] = {
    "find_infection": _("found a virus in a file"),
}
KINDS: dict[str, Promise] = {
    "files.storedfile": _("file"),
}
