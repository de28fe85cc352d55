"""A made-up clinic at work, for whoever wants to see the product before there are patients."""
