"""The one body: its surface, segment coordinates, named regions, and pain drawings on it."""
