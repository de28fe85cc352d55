"""Django settings: hardened by default, changed by the environment (see `environment.SETTINGS`)."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from tautband.clinic.account.mail import CONSOLE, mail_settings
from tautband.clinic.database import database
from tautband.clinic.environment import DATABASE_URL, Environment, usual_data_folder
from tautband.clinic.logs import FORMATTERS
from tautband.clinic.secrets import kept_secret

_environment = Environment()
_here = Path(__file__).resolve().parent

DEBUG = _environment.flag("TAUTBAND_DEBUG")
TAUTBAND_DATA = _environment.folder("TAUTBAND_DATA", usual_data_folder())
TAUTBAND_HEADS = _environment.text("TAUTBAND_HEADS", "") or None
SECRET_KEY = _environment.text("TAUTBAND_SECRET_KEY", "") or kept_secret(TAUTBAND_DATA)
TAUTBAND_KEYS = _environment.text("TAUTBAND_KEYS", "")
ALLOWED_HOSTS = _environment.names("TAUTBAND_ALLOWED_HOSTS", ("localhost", "127.0.0.1", "[::1]"))
TAUTBAND_LOGS = _environment.choice("TAUTBAND_LOGS", tuple(FORMATTERS))
TAUTBAND_LOCALE = _environment.choice("TAUTBAND_LOCALE", ("en", "en-XA"))
_https = _environment.flag("TAUTBAND_HTTPS")

DATABASES = {"default": database(_environment.text(DATABASE_URL, ""), TAUTBAND_DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_tasks_db",
    "tautband.clinic.people",
    "tautband.clinic.names",
    "tautband.clinic.trail",
    "tautband.clinic.record",
    "tautband.clinic",
]
AUTH_USER_MODEL = "people.User"
ROOT_URLCONF = "tautband.clinic.urls"
WSGI_APPLICATION = "tautband.clinic.wsgi.application"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "tautband.clinic.boundary.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tautband.clinic.boundary.ApiMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Nothing else sees the request of a locked session.
    "tautband.clinic.account.idle.IdleMiddleware",
    # A tablet in a patient's hands opens one page.
    "tautband.clinic.handed.mode.PatientModeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tautband.clinic.account.rotation.RotationMiddleware",
    "tautband.clinic.account.second_factor.SecondFactorMiddleware",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_here / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.static",
                "tautband.clinic.templatetags.shell",
                "tautband.clinic.templatetags.forms",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tautband.clinic.catalogue.locale_context",
                "tautband.clinic.account.context.account_context",
                "tautband.clinic.account.context.demonstration_context",
            ],
        },
    }
]

# Rate limits and codes that were used once are shared by all processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "tautband_cache",
    }
}

# Signing in: by address and password or by passkey; a second factor for everybody but patients
# (`account.second_factor`).  Nobody signs up: accounts are made by invitation.
TAUTBAND_DEMO = _environment.flag("TAUTBAND_DEMO")
TAUTBAND_BEHIND_PROXY = _https
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
_validation = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_validation}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_validation}.CommonPasswordValidator"},
    {
        "NAME": f"{_validation}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "tautband.clinic.account.own_words.OwnWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "clinics"
ACCOUNT_ADAPTER = "tautband.clinic.account.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation was sent to the address
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# The lockout below speaks first; these bound what a second factor may be guessed at.
ACCOUNT_RATE_LIMITS = {"login_failed": "60/m/ip,10/5m/key", "login": "60/m/ip"}
MFA_ADAPTER = "tautband.clinic.account.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a key alone, found on the couch, opens nothing
MFA_RECOVERY_CODES_SHOW_ONCE = False
MFA_TOTP_TOLERANCE = 1  # a clock that is half a minute off
PASSWORD_RESET_TIMEOUT = 3600

# Six wrong passwords for one account or from one address shut it for a quarter of an hour.
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True  # the audit trail has it
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_CLIENT_IP_CALLABLE = "tautband.clinic.account.address.client_address"
AXES_USERNAME_CALLABLE = "tautband.clinic.account.lockout.account_of"
AXES_LOCKOUT_CALLABLE = "tautband.clinic.account.lockout.locked_out"

SESSION_ENGINE = "tautband.clinic.account.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# E-mails are printed until a server is named.
_mail = mail_settings(_environment.text("TAUTBAND_EMAIL", CONSOLE))
globals().update(_mail)
TAUTBAND_ADDRESS = _environment.text("TAUTBAND_ADDRESS", "").rstrip("/")
DEFAULT_FROM_EMAIL = _environment.text("TAUTBAND_EMAIL_FROM", "tautband@localhost")
TAUTBAND_SMS = _environment.text("TAUTBAND_SMS", "")

# What takes long is done by the worker that `tautband serve` starts (`clinic.worker`).
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "mail", "after"],
    },
}

USE_I18N = False  # texts come from the Fluent catalogue
USE_TZ = True
TIME_ZONE = "UTC"

# Static files come straight out of the package: nothing is collected or written at run time.
STATIC_URL = "/static/"
STATIC_ROOT = _here / "static"
WHITENOISE_USE_FINDERS = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 0 if DEBUG else 300
# Vite puts files with a content hash in their name under assets/; the body's glb carries one too.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/(app/assets/|body/body\.[0-9a-f]{8,}\.glb$)"
WHITENOISE_MIMETYPES = {".glb": "model/gltf-binary"}

# One megabyte holds a drawing a hundred times over; a body with files in it, a clinic's list.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FILES = 4
TAUTBAND_MAX_BODY = 12_000_000
# What one address may post to the API in a minute, for each process.
TAUTBAND_PACE = _environment.number("TAUTBAND_PACE", 600)
# A list of patients is read in memory: names never lie in a temporary file.  A larger one is left.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 8_000_000

SECURE_CONTENT_TYPE_NOSNIFF = True
# Nothing is told to other sites; with `no-referrer`, browsers hide from us that a form is our own.
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "tautband.clinic.views.not_from_us"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# A name that begins with __Host- is taken by browsers from this very host over TLS alone.
_host = "__Host-" if _https else ""
SESSION_COOKIE_NAME = f"{_host}session"
CSRF_COOKIE_NAME = f"{_host}csrf"
TAUTBAND_TRAINED_COOKIE = f"{_host}trained"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of its own
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # a link in an e-mail has to find its page
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
if _https:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    # A script that speaks plain HTTP is told so (`boundary`), rather than led on unnoticed.
    SECURE_REDIRECT_EXEMPT = [r"^api/"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_SECURE = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        # Text becomes HTML in the browser in one place alone: frontend/src/base/own-html.ts.
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["tautband-own-html"],
    }
}

# Logs name a path and a place in the code, never a body, a query or a value: see `logs`.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"private": {"()": f"tautband.clinic.logs.{FORMATTERS[TAUTBAND_LOGS].__name__}"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "private"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},
        "axes": {"level": "ERROR"},  # it names accounts and addresses
    },
}
LOGGING_CONFIG = "logging.config.dictConfig"
