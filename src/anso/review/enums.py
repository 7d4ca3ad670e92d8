"""Fixed lists of reviewing."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeclineKind(models.TextChoices):
    """Why somebody who was asked to review does not."""

    NO_TIME = "no_time", _("I have no time in these weeks")
    NOT_MY_FIELD = "not_my_field", _("It is not my field")
    CONFLICT = "conflict", _("I am too close to somebody who may be judged")
    OTHER = "other", _("Another reason")
