"""The Django project: pages and API over `tautband.care`."""
