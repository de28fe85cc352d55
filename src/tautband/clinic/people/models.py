"""Accounts, clinics, and who belongs to which with what role."""

from __future__ import annotations

import secrets
import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

from tautband.clinic.policy import Role


class UserManager(BaseUserManager["User"]):
    """Makes accounts from an e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """An account; without a password nobody can sign in to it.  Raises ValueError."""
        if not email:
            raise ValueError("an account needs an e-mail address")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """The account of an address, whatever its capitals."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """Somebody who signs in; what they may do follows from their memberships alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    session_salt = models.CharField(max_length=16, blank=True, editable=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        """One account for an address, whatever its capitals."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="user_email_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def end_sessions(self) -> None:
        """Sign the person out everywhere: a session holds a digest of this."""
        self.session_salt = secrets.token_hex(8)
        self.save(update_fields=["session_salt"])

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        digest: str = super()._get_session_auth_hash(secret)  # type: ignore[misc]
        return salted_hmac(self.session_salt, digest, secret=secret, algorithm="sha256").hexdigest()


class Clinic(models.Model):
    """A practice.  Everything of a patient belongs to exactly one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    jurisdiction = models.CharField(
        max_length=12, help_text="a code of the practitioner rules, such as US-CO, GB or ES"
    )
    time_zone = models.CharField(max_length=64, default="UTC")
    is_synthetic = models.BooleanField(default=False)
    idle_minutes = models.PositiveSmallIntegerField(
        default=15, help_text="minutes without a touch before the screen is locked"
    )
    opening_hours = models.TextField(
        blank=True,
        max_length=400,
        help_text="such as Mon-Fri 08:00-18:00; Sat 09:00-12:00; empty is not declared",
    )
    screening_policy = models.TextField(
        blank=True, help_text="TOML as docs/safety.md describes it; empty is the default"
    )
    opened_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        """A screen is locked after one minute at the least and an hour at the most."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(idle_minutes__gte=1, idle_minutes__lte=60),
                name="clinic_idle_minutes_range",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person's role in a clinic (see `clinic.policy`); it ends, it is never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=12, choices=[(role.value, role.value) for role in Role])
    began_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    is_told = models.BooleanField(
        default=False, help_text="is written to when a patient's answer waits for a person"
    )

    class Meta:
        """A person may hold several roles, such as owner and clinician, each at most once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["clinic", "user", "role"],
                condition=models.Q(ended_at__isnull=True),
                name="membership_current_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"


class Credential(models.Model):
    """What a person may show for needling in a clinic; one for each person and clinic.

    It is what they or the owner entered.  What the rules make of it is asked anew each time, see
    `people.needling`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="credentials")
    user = models.ForeignKey(User, models.PROTECT, related_name="credentials")
    profession = models.CharField(max_length=80, blank=True)
    licence_number = models.CharField(max_length=60, blank=True)
    jurisdiction = models.CharField(max_length=12, blank=True)
    training_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    trained_areas = models.JSONField(
        null=True, blank=True, help_text="areas of the body, or 'all'; null is not known"
    )
    expires_on = models.DateField(null=True, blank=True)
    supervisor = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="supervised"
    )
    card = models.TextField(max_length=600, blank=True, help_text="what a patient reads of them")
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """One for each person and clinic; nobody supervises themselves."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clinic", "user"], name="credential_once"),
            models.CheckConstraint(
                condition=models.Q(supervisor__isnull=True)
                | ~models.Q(supervisor=models.F("user")),
                name="credential_supervised_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.profession}"


class Invitation(models.Model):
    """The offer of a role in a clinic to an e-mail address; its link is good once, for a week.

    Only a digest of the link's secret is stored, so that a copy of the database opens nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="invitations")
    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=12, choices=[(role.value, role.value) for role in Role])
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="invitations")
    invited_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Addresses are kept in lower case, as those of accounts are."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="invitation_email_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} for {self.clinic}"
