"""Offers and what follows them."""
