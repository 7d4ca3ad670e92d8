"""Pages of outcomes and offers."""
