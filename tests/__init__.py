"""All tests: `unit` by package, `web` by view, `browser` in a real Chromium."""
