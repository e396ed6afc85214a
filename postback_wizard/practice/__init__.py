"""The embedded affiliate chain on loopback, and its six scenarios."""
