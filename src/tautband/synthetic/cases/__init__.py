"""Made-up patients with whole courses, marked synthetic."""
