# Two commands do everything: `make run` and `make test`. Written for GNU make on Debian and Ubuntu.
SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := .venv
PY := $(VENV)/bin/python

.PHONY: help
help:
	@echo "make run    start the service (the demo, where there is no settings.yaml)"
	@echo "make test   run every check and test"
