# Two commands: `make run` and `make test`. Both need Python 3.11 or newer and nothing else.
# Tests write thousands of small databases: in memory they do not wait for the disk.
SCRATCH := $(shell test -w /dev/shm && echo /dev/shm || echo /tmp)
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: run test check lint pytest bench install dev clean

run: $(VENV)/runtime
	NAVIGATOR_SHOW_DRAFTS=$${NAVIGATOR_SHOW_DRAFTS:-1} $(BIN)/prehab run

test: lint check pytest

lint: $(VENV)/dev
	$(BIN)/ruff check bot tests benchmarks
	$(BIN)/ruff format --check bot tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports

check: $(VENV)/dev
	$(BIN)/prehab check

pytest: $(VENV)/dev
	TMPDIR=$${TMPDIR:-$(SCRATCH)} $(BIN)/pytest -n 3 --dist worksteal

bench: $(VENV)/dev
	$(BIN)/python -m benchmarks

install: $(VENV)/runtime
dev: $(VENV)/dev

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/runtime: requirements.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install -q --require-hashes -r requirements.txt
	$(BIN)/pip install -q --no-deps -e .
	touch $@

$(VENV)/dev: requirements-dev.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install -q --require-hashes -r requirements-dev.txt
	$(BIN)/pip install -q --no-deps -e .
	touch $@ $(VENV)/runtime

clean:
	rm -rf $(VENV) var .mypy_cache .ruff_cache .hypothesis build *.egg-info
