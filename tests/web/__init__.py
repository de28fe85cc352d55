"""Tests of pages, API and server."""
