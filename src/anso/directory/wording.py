"""What happens to the directory, in words: for the record, in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise] = {
    "create_person": _("entered a person"),
}
KINDS: dict[str, Promise] = {
    "directory.person": _("person"),
}
