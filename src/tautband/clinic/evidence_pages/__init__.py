"""The pages under /evidence/: sheets, claims, and how needling may work."""
