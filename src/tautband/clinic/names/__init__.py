"""Which state the names of a clinic are in, so that every process can keep its index current."""
