"""How kernels are written, read from their syntax trees: what is counted of them, how far two sets are apart."""
