"""The commands: ``grammar`` and ``parsing`` are cheap and read by every start, each other module is loaded late."""
