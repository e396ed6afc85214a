"""A case made into something a partner acts on: Markdown, JSON, HAR and curl, masked, in either language."""
