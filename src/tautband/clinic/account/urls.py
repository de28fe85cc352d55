"""Addresses of an account: allauth's pages that we use, and no others.

Left out on purpose: signing up, changing the address, signing in by a mailed code.
"""

from allauth.account import views as account
from django.urls import include, path, re_path

from tautband.clinic.account import views

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("mfa/", include("allauth.mfa.urls")),
    path("lock/", views.lock_now, name="account_lock"),
    path("session/", views.session, name="account_session"),
    path("unlock/", views.unlock_page, name="account_unlock"),
    path("unlock/options/", views.unlock_options, name="account_unlock_options"),
]
