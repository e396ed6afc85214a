"""One file for each tracker, network, measurement partner and ad network."""
