"""Pages of the design system: public only."""
