"""Made-up patients, marked as such wherever they go."""
