"""What trials show, pooled and weighed: effects, pools, sheets, claims.  Pure; data is text."""
