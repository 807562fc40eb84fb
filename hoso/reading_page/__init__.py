"""One page that shows what was read in a message: its files as pictures, the values beside them, the findings."""
