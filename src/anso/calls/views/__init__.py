"""Pages of calls: for everyone, and for officers."""
