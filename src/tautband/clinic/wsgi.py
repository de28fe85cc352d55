"""The WSGI application that the server loads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tautband.clinic.settings")
application = get_wsgi_application()

from tautband.clinic import services  # noqa: E402 (needs the settings)

services.preload()
