"""The model of one patient's course: is it working, and what would happen if it went on."""
