"""Pages of accounts that the sign-in library does not have."""
