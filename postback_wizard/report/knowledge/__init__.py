"""What the program knows, to be looked up: one search and one page for each thing, in either language."""
