# One word per task. Needs only Python 3.11 or newer and make; everything else goes into .venv.

# The first interpreter that is new enough and can make an environment. Override: make PYTHON=/opt/python3.12/bin/python3 demo
CANDIDATES = python3.13 python3.12 python3.11 python3 python
SUITS = import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in $(CANDIDATES); do if $$p -c "$(SUITS)" >/dev/null 2>&1; then command -v $$p; break; fi; done)
BIN = .venv/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check install --quiet
ARGS =

.DEFAULT_GOAL := help
.PHONY: help demo test lint tck fuzz-feel bench bench-peers faults-full docs clean

help: ## list the tasks
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 22

demo: .venv/installed ## play the story: run 100 cases, redesign the procedure, replay them (under a minute)
	$(BIN)/egov-flow demo $(ARGS)

test: .venv/installed-dev ## run all tests but those that take minutes (ARGS="-k deadline" picks some)
	$(BIN)/python -m pytest $(ARGS)

lint: .venv/installed-dev ## check style, types and the order of the rooms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

tck: .venv/installed-dev ## run the DMN test kit, levels 2 and 3 (ARGS=--failed lists what fails)
	$(BIN)/python -m tests.tck $(ARGS)

fuzz-feel: .venv/installed-dev ## compare FEEL with feelin on random expressions (needs node; ARGS="--seed 7")
	$(BIN)/python benchmarks/peers/feelin/fuzz.py $(ARGS)

bench: .venv/installed-dev ## measure, print and write benchmarks/results.json
	$(BIN)/python -m benchmarks $(ARGS)

bench-peers: .venv/installed-dev ## measure other engines, each in its own environment
	$(BIN)/python -m benchmarks --peers $(ARGS)

faults-full: .venv/installed-dev ## run the tests that take minutes
	$(BIN)/python -m pytest -m long $(ARGS)

docs: .venv/installed-docs ## build the documentation into docs/_build/html
	$(BIN)/python -m sphinx -W --keep-going -q -b html docs docs/_build/html
	@echo "docs/_build/html/index.html"

clean: ## remove the environment, caches and everything that was built
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist demo docs/_build .peers
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is written last: an installation that broke off is done again, one that is complete is not.
.venv/created:
	@if [ -z "$(PYTHON)" ] || ! "$(PYTHON)" -c "$(SUITS)" 2>/dev/null; then \
	  echo "egov_flow needs Python 3.11 or newer with its venv module; found: $$( ("$(or $(PYTHON),python3)" --version) 2>&1 )." >&2; \
	  echo "  hint: install it (Debian, Ubuntu: apt-get install python3 python3-venv) or name one: make PYTHON=/path/to/python3 ..." >&2; \
	  exit 1; fi
	$(PYTHON) -m venv .venv
	@touch $@

.venv/installed: .venv/created pyproject.toml
	@echo "Installing egov_flow into .venv ..."
	$(PIP) --editable .
	@$(BIN)/python -m compileall -q src adapters
	@touch $@

.venv/installed-dev: .venv/installed
	@echo "Installing what tests and linters need into .venv ..."
	$(PIP) 'pip>=25.1'
	$(PIP) --group test --group lint
	@touch $@

.venv/installed-docs: .venv/installed-dev
	$(PIP) --group docs
	@touch $@
