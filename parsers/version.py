"""Which readers these are: goes up when what they make of a message may change."""

VERSION = "parsers 22"
