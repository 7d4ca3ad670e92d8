"""The rule kinds, one file per subject; `eligibility.registry` lists them."""
