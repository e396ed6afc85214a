"""A guided diagnosis of postbacks that do not arrive, are refused, or are not counted."""

__version__ = "0.1.0"
