"""Checks of the click layer."""
