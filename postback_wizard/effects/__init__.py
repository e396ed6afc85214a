"""The edge: everything that touches the disk, the network or another program."""
