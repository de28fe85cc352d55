"""Anatomy and clinical teaching as reviewed data: muscles, other causes, red flags."""
