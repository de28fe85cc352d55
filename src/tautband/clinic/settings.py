"""Django settings: hardened by default, changed by the environment (see `environment.SETTINGS`)."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.management.utils import get_random_secret_key

from tautband.clinic.environment import Environment

_environment = Environment()
_here = Path(__file__).resolve().parent

DEBUG = _environment.flag("TAUTBAND_DEBUG")
# Nothing is signed yet and nothing outlives the process, so a key made at the start is as good as a
# kept one.  All workers share it, because the server loads the application before it forks.
SECRET_KEY = _environment.text("TAUTBAND_SECRET_KEY", get_random_secret_key())
ALLOWED_HOSTS = _environment.names("TAUTBAND_ALLOWED_HOSTS", ("localhost", "127.0.0.1", "[::1]"))
TAUTBAND_LOCALE = _environment.choice("TAUTBAND_LOCALE", ("en", "en-XA"))
_https = _environment.flag("TAUTBAND_HTTPS")

# No database, no sessions, no accounts: at this stage the server stores nothing.
DATABASES: dict[str, dict[str, object]] = {}
INSTALLED_APPS = ["csp", "tautband.clinic"]
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
    "django.middleware.csrf.CsrfViewMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_here / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "builtins": ["django.templatetags.static", "tautband.clinic.templatetags.shell"],
            "context_processors": ["tautband.clinic.catalogue.locale_context"],
        },
    }
]

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

# One megabyte holds a drawing a hundred times over.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
if _https:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    CSRF_COOKIE_SECURE = True

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
    }
}

# Logs name a path and a place in the code, never a body, a query or a value: see `logs`.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"private": {"()": "tautband.clinic.logs.PrivateFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "private"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},
    },
}
LOGGING_CONFIG = "logging.config.dictConfig"
