"""The demo: a mail server within the process, unions that write to it, and a screen that shows what becomes of it."""
