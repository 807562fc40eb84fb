"""One module for each step, in the order of `down_revision`. A step that was released is never edited."""
