"""Widgets: state comes down by constructor, news goes up by message."""
