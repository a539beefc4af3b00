# Every target does the set-up it needs, once. All it takes is make and a Python of at least 3.11.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
TOOLS  := .tools
PORT   ?= 8501
UV     := $(shell command -v uv 2>/dev/null || echo $(TOOLS)/bin/uv)
# Two runs at once: each one's output in one piece, where make can do that.
TOGETHER := $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)
LOCK   := uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11

.DEFAULT_GOAL := help
.PHONY: help setup run test test-inside test-outside check bench format lock clean

help: ## Show what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

$(TOOLS)/bin/uv:
	$(PYTHON) -m venv $(TOOLS)
	$(TOOLS)/bin/python -m pip install --quiet --require-hashes -r requirements-tools.lock

$(VENV)/.run: requirements.lock pyproject.toml | $(filter $(TOOLS)/bin/uv,$(UV))
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Dialcast needs Python 3.11 or newer; make PYTHON=/path/to/python names another one.")'
	test -x $(BIN)/python || $(UV) venv --quiet --python $(PYTHON) $(VENV)
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-build-isolation --no-deps --editable .
	touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.lock
	touch $@

$(VENV)/.bench: requirements-bench.lock $(VENV)/.dev
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-bench.lock
	touch $@

setup: $(VENV)/.run ## Build the environment in .venv
run: $(VENV)/.run ## Start the simulated tenant and the dashboard
	@exec $(BIN)/dialcast run --port $(PORT)

test: $(VENV)/.dev ## Run everything: checks, doctests, unit to browser
	@$(MAKE) --no-print-directory check
	@$(MAKE) --no-print-directory -j2 $(TOGETHER) test-inside test-outside
	$(BIN)/python -m pytest tests/browser

# Pages run with a main module of Streamlit's, so they have a process of their own.
test-inside: $(VENV)/.dev
	$(BIN)/python -m pytest tests core --ignore tests/app --ignore tests/browser --ignore tests/contract
	$(BIN)/python -m pytest tests/app

test-outside: $(VENV)/.dev
	$(BIN)/python -m pytest tests/contract

check: $(VENV)/.dev ## Format, lint, types, import contracts
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: $(VENV)/.bench ## Benchmarks: ratios against the tutorials' procedure, accuracy, pacing
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.accuracy_volume
	$(BIN)/python -m tests.bench.accuracy_rates
	$(if $(M4),$(BIN)/python -m tests.bench.m4 $(M4),@echo "M4 hourly: make bench M4=FOLDER; tests/bench/m4.py says what it holds")

format: $(VENV)/.dev ## Format and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(TOOLS)/bin/uv ## Choose the newest versions and pin them with hashes
	cd . && $(TOOLS)/bin/$(LOCK) --upgrade pyproject.toml --all-extras --group build -q -o requirements.lock
	cd . && $(TOOLS)/bin/$(LOCK) pyproject.toml --all-extras --group build --group dev -c requirements.lock -q -o requirements-dev.lock
	cd . && $(TOOLS)/bin/$(LOCK) pyproject.toml --all-extras --group build --group dev --group bench -c requirements-dev.lock -q -o requirements-bench.lock
	cd . && echo 'uv' | $(TOOLS)/bin/$(LOCK) --upgrade - -q -o requirements-tools.lock

clean: ## Remove the environment and every cache
	rm -rf $(VENV) $(TOOLS) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
