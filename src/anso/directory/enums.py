"""Choices of the directory."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Gender(models.TextChoices):
    """As people state it; used for balance figures only, never for a score."""

    WOMAN = "woman", _("woman")
    MAN = "man", _("man")
    OTHER = "other", _("another gender")
    UNSTATED = "unstated", _("not stated")


class OrganisationKind(models.TextChoices):
    """What an organisation is."""

    ACADEMY = "academy", _("academy of sciences")
    UNIVERSITY = "university", _("university")
    RESEARCH_ORGANISATION = "research", _("research organisation")
    AGENCY = "agency", _("agency or ministry")
    INTERNATIONAL = "international", _("international organisation")


class CountryClassCode(models.TextChoices):
    """Groups of countries whose membership has dates."""

    LDC = "LDC", _("least developed country")
    LLDC = "LLDC", _("landlocked developing country")
    SIDS = "SIDS", _("small island developing state")
    DEVELOPING = "developing", _("developing country")


class InterestKind(models.TextChoices):
    """Why a person cannot judge another."""

    SAME_ORGANISATION = "same_organisation", _("works at the same organisation")
    FAMILY = "family", _("family or close friend")
    SUPERVISION = "supervision", _("supervised or was supervised by")
    JOINT_WORK = "joint_work", _("published or worked together")
    OTHER = "other", _("another interest")


class Region(models.TextChoices):
    """Regions of the world as the United Nations' geoscheme names them."""

    AFRICA = "Africa", _("Africa")
    AMERICAS = "Americas", _("Americas")
    ANTARCTICA = "Antarctica", _("Antarctica")
    ASIA = "Asia", _("Asia")
    EUROPE = "Europe", _("Europe")
    OCEANIA = "Oceania", _("Oceania")
