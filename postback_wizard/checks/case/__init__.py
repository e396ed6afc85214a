"""Checks of the case layer."""
