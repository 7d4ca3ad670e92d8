"""Pages of selections and decisions."""
