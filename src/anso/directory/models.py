"""One record of each person, organisation and country, whatever roles they hold."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from anso.database.search import SearchTextField
from anso.directory.enums import CountryClassCode, Gender, InterestKind, OrganisationKind
from anso.kernel.references import new_reference


class Country(models.Model):
    """A country or territory by its ISO 3166 code; its name comes from CLDR in the reader's
    language.
    """

    code = models.CharField(max_length=2, primary_key=True)
    alpha3 = models.CharField(max_length=3, unique=True)
    region = models.CharField(max_length=60)
    subregion = models.CharField(max_length=80, blank=True)
    latitude = models.DecimalField(max_digits=7, decimal_places=4)
    longitude = models.DecimalField(max_digits=7, decimal_places=4)

    def __str__(self) -> str:
        return self.code


class CountryClass(models.Model):
    """A country was in a class during a half-open period of dates; a statistic of a day uses the
    list of that day.
    """

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="classes")
    code = models.CharField(max_length=12, choices=CountryClassCode.choices)
    period = DateRangeField()
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="directory_country_class_no_overlap",
                expressions=[
                    ("country", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                # Looked at when the transaction ends: a correction moves the end of one period and
                # the beginning of the next, one after the other.
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return f"{self.country_id} {self.code}"


class Organisation(models.Model):
    """A body of people with a name: a member, a host, an employer, a partner."""

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    name = models.CharField(max_length=200)
    acronym = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=16, choices=OrganisationKind.choices)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="organisations")
    city = models.CharField(max_length=80, blank=True)
    url = models.URLField(max_length=300, blank=True)
    latitude = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)
    longitude = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)
    search_text = SearchTextField("name", "acronym", "city", are_names=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "country"], name="directory_organisation_one_per_name"
            ),
        ]
        indexes = [
            # For parts of words in any order (``database.search``).
            GinIndex(
                fields=["search_text"],
                opclasses=["gin_trgm_ops"],
                name="directory_organisation_search",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ShippedRow(models.Model):
    """What was last brought into one row from the shipped facts, so that a value which staff
    changed since is told apart from one that a newer release corrects.
    """

    table = models.CharField(max_length=40)
    key = models.CharField(max_length=300, help_text="What names the row among the shipped facts.")
    object_key = models.CharField(max_length=40, help_text="The primary key of the row.")
    facts = models.JSONField(help_text="Column to value, as it was shipped.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "key"], name="directory_shipped_row_once")
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"


class Person(models.Model):
    """One human being. ``full_name`` is the name as written, in any script; the optional parts only
    help sorting and letters.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="person",
    )
    full_name = models.CharField(max_length=200)
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    latin_name = models.CharField(max_length=200, blank=True)
    gender = models.CharField(max_length=10, choices=Gender.choices, default=Gender.UNSTATED)
    born_on = models.DateField(null=True, blank=True)
    nationality = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="nationals"
    )
    residence = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="residents"
    )
    orcid = models.CharField(max_length=19, blank=True)
    languages = models.JSONField(
        default=list, help_text="Codes of languages the person reads well."
    )

    search_text = SearchTextField("full_name", "latin_name", are_names=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(full_name=""), name="directory_person_has_name"),
            models.UniqueConstraint(
                fields=["orcid"], condition=~Q(orcid=""), name="directory_person_one_per_orcid"
            ),
        ]
        indexes = [
            # Names that are nearly alike: people are looked for before a new one is made.
            GinIndex(
                fields=["full_name"], opclasses=["gin_trgm_ops"], name="directory_person_name_trgm"
            ),
            # For parts of words in any order and script (``database.search``).
            GinIndex(
                fields=["search_text"], opclasses=["gin_trgm_ops"], name="directory_person_search"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name


class Affiliation(models.Model):
    """A person belonged to an organisation during a half-open period."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="affiliations"
    )
    title = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=models.F("starts_on")),
                name="directory_affiliation_period",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} at {self.organisation}"


class Expertise(models.Model):
    """A subject a person can judge."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="expertise")
    subject = models.CharField(max_length=40)
    keywords = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "subject"], name="directory_expertise_once")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.subject}"


class Interest(models.Model):
    """A declared reason why a person must not judge another person or organisation."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="interests")
    other_person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(max_length=20, choices=InterestKind.choices)
    remark = models.CharField(max_length=300, blank=True)
    last_year = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Of joint work: when it was last, where they say so."
    )
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(other_person__isnull=False, organisation__isnull=True)
                | Q(other_person__isnull=True, organisation__isnull=False),
                name="directory_interest_in_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.kind}"


class Merge(models.Model):
    """Two records of one human being were made one: what was ``gone``'s is ``kept``'s since. What
    moved is written down, so that it can be taken back exactly until a day.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merged_in")
    because = models.TextField()
    moved = models.JSONField(help_text="Name of a column to the keys of the rows that moved.")
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    merged_at = models.DateTimeField()
    undo_until = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kept=models.F("gone")) & ~Q(because=""), name="directory_merge_of_two"
            ),
            models.UniqueConstraint(
                fields=["gone"],
                condition=Q(undone_at__isnull=True),
                name="directory_merge_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone} is {self.kept}"
