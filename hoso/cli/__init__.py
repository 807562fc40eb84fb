"""The command line: wiring of the use cases to a terminal, and nothing else."""
