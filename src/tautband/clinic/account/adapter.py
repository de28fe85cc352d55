"""What allauth asks us: nobody signs up, texts come from the catalogue, secrets are sealed."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse

from tautband.clinic import catalogue
from tautband.clinic.account.address import client_address
from tautband.clinic.account.demonstration import is_demonstration_user
from tautband.clinic.account.later import send_later
from tautband.clinic.account.sealed_secrets import open_text, seal_text
from tautband.clinic.account.signed_in import signed_in_recently
from tautband.clinic.people.models import User

ISSUER = "Tautband"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # without types
    """Accounts are made by invitation alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The one reading of the address, as the lockout has it."""
        return client_address(request)

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """True when the password is theirs; failures count towards the lockout.

        Made-up people have none that anybody knows, and need none where they may come in.
        """
        assert isinstance(user, User)
        if is_demonstration_user(allauth_context.request, user):
            return True
        found = self.authenticate(allauth_context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within minutes of signing in, which asked for the same; never of made-up people."""
        request = allauth_context.request
        if signed_in_recently(request) or is_demonstration_user(request, request.user):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the person's own page."""
        return reverse("mfa_index")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A plain text of the catalogue; nothing of the template packages is used."""
        name = template_prefix.rpartition("/")[2].replace("_", "-")
        address = context.get("password_reset_url", "")
        send_later(f"account-mail-{name}", email, address=address)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the owner of an account that how it is protected has changed."""
        assert isinstance(user, User)
        self.send_mail(template_prefix, email or user.email, context or {})

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """A short word on the next page, where the catalogue has one."""
        if message_template is None:
            text: str | None = message
        else:
            stem = message_template.rpartition("/")[2].removesuffix(".txt").replace("_", "-")
            text = catalogue.text_or_none(f"account-done-{stem}", catalogue.locale_of(request))
        if text:
            messages.add_message(request, level, text, extra_tags=extra_tags)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] # without types
    """Names of passkeys, and the picture of the key for an authenticator app."""

    def get_totp_issuer(self) -> str:
        """What the app shows beside the account."""
        return ISSUER

    def build_totp_svg(self, url: str) -> str:
        """A picture without the XML header, to stand inside the page."""
        svg: str = super().build_totp_svg(url)
        return svg[svg.index("<svg") :]

    def encrypt(self, text: str) -> str:
        """The secret of an app is as good as its codes: the database holds it sealed."""
        return seal_text(text)

    def decrypt(self, encrypted_text: str) -> str:
        """What `encrypt` sealed."""
        return open_text(encrypted_text)

    def _get_site_name(self) -> str:
        return ISSUER

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """A first name for a passkey; its owner may change it."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return catalogue.text("account-passkey-name", settings.TAUTBAND_LOCALE, number=count + 1)
