"""Checks of the callback layer."""
