"""The wizard on a terminal. The only package that knows Textual."""
