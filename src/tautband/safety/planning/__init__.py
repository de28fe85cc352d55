"""How a muscle may be needled: measured depths, limits, one muscle's plan, one session's rules."""
