# Two commands do everything: `make run` and `make test`. For GNU make on Debian and Ubuntu; needs python3 and git.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
# A uv that works where there is one, else one of this project's own (tools/fetch-uv).
UV := $(shell uv --version >/dev/null 2>&1 && echo uv || echo .uv/bin/uv)

# The Debian packages, in this one place. APT=0 refuses to install them.
DEBIAN_FOR_SERVICE := tesseract-ocr-vie libreoffice-writer-nogui antiword libarchive-tools
DEBIAN_FOR_TESTS := dovecot-imapd libreoffice-calc-nogui poppler-utils fonts-liberation fonts-dejavu-core
DEBIAN_FOR_ACCURACY := libreoffice-calc-nogui fonts-liberation fonts-dejavu-core

export APT ?= 1

.PHONY: help install run test lint score accuracy bench torture fuzz manual audit-dependencies lock clean

help:  ## show this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1\t\2/p' Makefile | expand -t 16

install: $(INSTALLED)  ## set up: uv, the locked environment, this project

run: $(INSTALLED)  ## start the service; without settings.yaml the demo (ONCE=1: until its samples are answered)
	@tools/debian-packages $(DEBIAN_FOR_SERVICE)
	@if [ -f settings.yaml ]; then exec $(BIN)/hoso run; else exec $(BIN)/hoso demo $(if $(ONCE),--once); fi

test: lint  ## every check and test (ARGS="-k name" for some, JOBS=0 one after another); with CI=true a skipped test fails
	@tools/debian-packages $(DEBIAN_FOR_SERVICE) $(DEBIAN_FOR_TESTS)
	$(BIN)/pytest -n $(or $(JOBS),auto) --dist worksteal -m "not torture" $(ARGS)

lint: $(INSTALLED)  ## style, types and the direction of imports
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

score: $(INSTALLED)  ## read the corpus and compare with its truth
	@mkdir -p build
	$(BIN)/hoso inspect --json tests/corpus/messages/*.eml > build/score.jsonl
	$(BIN)/python tests/corpus/score.py tests/corpus build/score.jsonl

accuracy: $(INSTALLED)  ## make dossiers of its own, read them, tell what was read right (N=200 PICTURES=20 PART=seen CORES=)
	@tools/debian-packages $(DEBIAN_FOR_SERVICE) $(DEBIAN_FOR_ACCURACY) $(if $(filter provinces trades,$(PART)),chromium)
	PYTHONPATH=tests $(BIN)/python -m corpus.generator --dossiers $(or $(N),200) --pictures $(or $(PICTURES),20) \
	    --part $(or $(PART),seen) $(CORES:%=--cores %) $(ARGS)

bench: $(INSTALLED)  ## dossiers a second through a real mail server (N=200 of them; ARGS=--help for more)
	@tools/debian-packages $(DEBIAN_FOR_SERVICE) $(DEBIAN_FOR_TESTS)
	PYTHONPATH=tests $(BIN)/python -m bench $(N:%=--count %) $(ARGS)

torture: $(INSTALLED)  ## kill -9 at N=200 more random moments (STORE=postgresql), kept in build/torture.jsonl; the long tests
	@tools/debian-packages $(DEBIAN_FOR_SERVICE) $(DEBIAN_FOR_TESTS)
	PYTHONPATH=tests $(BIN)/python -m torture --rounds $(or $(N),200) --store $(or $(STORE),sqlite)
	$(BIN)/pytest -m torture --timeout=3600 $(ARGS)

fuzz: $(VENV)/.fuzz  ## damaged input into our readers and rules for MINUTES=10, kept and added up in build/fuzz.jsonl
	PYTHONPATH=tests $(BIN)/python -m fuzz --minutes $(or $(MINUTES),10) $(ARGS)

manual: $(INSTALLED)  ## write docs/manual.vi.md and docs/manual.md: the demo, with every command run on it
	@tools/debian-packages $(DEBIAN_FOR_SERVICE)
	$(BIN)/python tools/manual $(ARGS)

audit-dependencies: $(INSTALLED)  ## known vulnerabilities in what is locked; says so where the network is not there
	@tools/audit-dependencies $(ARGS)

lock: | $(filter .uv/bin/uv,$(UV))  ## write requirements.lock anew from pyproject.toml (ARGS=--upgrade for newer versions)
	$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --group dev $(ARGS) \
	    pyproject.toml --output-file requirements.lock
	$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header $(ARGS) \
	    --group fuzz --output-file requirements-fuzz.lock

clean:  ## remove what set-up and tests made; never the data
	rm -rf $(VENV) .uv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# The order matters: the lock first, then this project on top, built by the locked hatchling.
$(INSTALLED): requirements.lock pyproject.toml | $(filter .uv/bin/uv,$(UV))
	@echo "Setting up $(VENV) from requirements.lock"
	$(UV) venv --quiet --allow-existing --python '>=3.11' $(VENV)
	$(UV) pip sync --quiet --python $(VENV) --require-hashes requirements.lock
	$(UV) pip install --quiet --python $(VENV) --no-deps --no-build-isolation --editable .
	@touch $@

# atheris has no wheel for every Python and machine: without it `make fuzz` goes on blind, and says so.
$(VENV)/.fuzz: requirements-fuzz.lock $(INSTALLED)
	@$(UV) pip install --quiet --python $(VENV) --require-hashes -r requirements-fuzz.lock \
	    || echo "atheris could not be installed: fuzzing goes on without coverage"
	@touch $@

.uv/bin/uv: tools/uv.txt
	tools/fetch-uv
