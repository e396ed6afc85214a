"""Checks of the template layer."""
