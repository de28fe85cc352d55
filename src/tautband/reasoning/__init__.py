"""The reasoning: hidden causes, painted regions, and how likely each cause is given a drawing."""
