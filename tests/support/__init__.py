"""What tests of several folders need: servers to start, files to make."""
