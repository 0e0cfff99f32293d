"""Benchmarks: they print, they do not judge. `make benchmarks` runs them all."""
