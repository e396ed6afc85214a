"""Screens: each a function of the case."""
