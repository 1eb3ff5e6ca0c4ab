# `make build` and `make test` need only Python 3.11 or later and `make`: each makes what it needs in .venv.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check

.PHONY: build test lint format bench clean
.DEFAULT_GOAL := build

# Compile the catalog of this repository, schemas/, into build/.
build: $(VENV)/runtime
	$(BIN)/edgewise build

test: $(VENV)/dev $(VENV)/node
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

lint: $(VENV)/dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: $(VENV)/dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# Time whole runs on generated catalogs and print a table; it asserts nothing.
bench: $(VENV)/runtime
	$(BIN)/python benchmarks/bench.py $(BENCH)

clean:
	rm -rf $(VENV) tests/node/node_modules build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

# The stamps are older than pyproject.toml exactly when the environment has to be brought up to date.
$(VENV)/runtime: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --editable .
	touch $@

$(VENV)/dev: $(VENV)/runtime
	$(PIP) install --editable '.[dev]'
	touch $@

# What reads our outputs in the tests and is written in JavaScript; Node.js itself comes with the line above.
$(VENV)/node: tests/node/package-lock.json $(VENV)/dev
	cd tests/node && PATH="$(abspath $(BIN)):$$PATH" npm ci --loglevel=error
	touch $@
