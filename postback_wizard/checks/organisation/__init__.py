"""Checks of how partners work together; each is judged with the layer its ``BESIDE`` names."""
