"""Reading English without knowing any anatomy: words, sides, numbers, negation, near-misses."""
