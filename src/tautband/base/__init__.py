"""What every other package stands on: errors, sides, sources and how sure a fact is."""
