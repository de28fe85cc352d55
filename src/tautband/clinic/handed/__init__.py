"""Patient mode: the tablet is handed over, and shows one drawing until it is taken back."""
