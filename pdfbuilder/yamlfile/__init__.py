"""Guarded YAML: every value with its line and column, fitted to any model. The only room that knows YAML."""
