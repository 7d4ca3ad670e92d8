"""Accounts: what a person signs in with. Who the person is stands in the directory; what they may
do follows from facts there.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from anso.kernel.references import new_reference


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts the way Django's commands expect."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        account = self.model(email=self.normalize_email(email), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Account:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Account(AbstractBaseUser, PermissionsMixin):
    """A way in: an address, a password or passkey, a language and a time zone."""

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=10, default="en")
    zone = models.CharField(max_length=60, blank=True)
    browser_zone = models.CharField(
        max_length=60, blank=True, help_text="Where the browser last was, for mails."
    )
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(
        default=False, help_text="Works for the Secretariat: must use a second factor."
    )
    is_demonstration = models.BooleanField(
        default=False, help_text="Made for the demonstration: stands for nobody real."
    )
    demonstration_role = models.CharField(
        max_length=40, blank=True, help_text="Part in the cast that a visitor may sign in as."
    )
    session_stamp = models.CharField(
        max_length=16,
        default=new_reference,
        editable=False,
        help_text="A new one ends all sessions.",
    )
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,  # nobody asks the other way round
        help_text="The account of the same person that its addresses lead to since.",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="accounts_account_one_per_email"),
            models.UniqueConstraint(
                fields=["demonstration_role"],
                condition=~models.Q(demonstration_role=""),
                name="accounts_account_one_per_part",
            ),
            models.CheckConstraint(
                condition=models.Q(demonstration_role="") | models.Q(is_demonstration=True),
                name="accounts_account_part_is_demonstration",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def mail_zone(self) -> str:
        """In which zone mails tell times: the chosen one, else that of the browser; blank where
        neither is known.
        """
        return self.zone or self.browser_zone

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must match to go on: the password and the stamp. Changing either signs out
        everywhere.
        """
        return salted_hmac(
            "anso.accounts.session",
            f"{self.password}\n{self.session_stamp}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()


class ScopedLink(models.Model):
    """A way in for one task without an account: only its hash is kept; it expires, can be revoked
    and may be used again until then. It is one address's: it opens nothing that has become somebody
    else's since.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=40)
    about_type = models.CharField(max_length=60)
    about_id = models.BigIntegerField()
    sent_to = models.EmailField(max_length=254, blank=True, help_text="Whose way in it is.")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    first_used_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            # All links to one thing are revoked together.
            models.Index(fields=["about_type", "about_id"], name="accounts_scoped_link_about")
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")),
                name="accounts_scoped_link_expires_later",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.about_type}:{self.about_id}"


class EntryCode(models.Model):
    """A way in that was sent to an address: a code that counts in the browser that asked for it,
    and a link that counts anywhere. Only hashes are kept; both work once and run out together.
    """

    email = models.EmailField(max_length=254)
    code_hash = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64, unique=True)
    browser = models.CharField(max_length=16)
    wanted = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    wrong_guesses = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            # What was sent to an address lately is counted before more is sent.
            models.Index(Lower("email"), "created_at", name="accounts_entry_code_by_address")
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")),
                name="accounts_entry_code_expires_later",
            )
        ]

    def __str__(self) -> str:
        return f"way in for {self.email}"
