# `make demo` and `make test` do all the set-up there is: a virtual environment of their own in .venv.
# Python 3.11 or newer is needed; name another one with PYTHON=python3.12.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
SEED ?= 1
# The whole suite runs in so many processes; what ARGS names runs in one, so that -s, -x and --pdb do what they say.
# One that crashes fails the run and is not begun anew: with loadfile, pytest-xdist then waits for it for ever (its #1323).
JOBS ?= 2

.PHONY: demo test test-kill test-bluez lint types contracts check bench screenshots clean

demo: .venv/installed
	@$(BIN)/python -m biosync.system_libraries --install
	@$(BIN)/biosync demo --seed $(SEED)

test: .venv/installed-test .venv/installed-referees
	@$(BIN)/python -m biosync.system_libraries --install
	@$(BIN)/python -m tests.system_tools --install
	$(BIN)/python -m pytest -q $(or $(ARGS),-n $(JOBS) --dist loadfile --max-worker-restart 0)

lint: .venv/installed-lint
	$(BIN)/ruff check .

types: .venv/installed-lint
	$(BIN)/mypy

contracts: .venv/installed-lint
	$(BIN)/lint-imports

# Kills a running biosync 200 times at random moments, instead of the suite's 20.
test-kill: .venv/installed-test
	BIOSYNC_KILL_ROUNDS=200 BIOSYNC_POWER_CUTS=2000 $(BIN)/python -m pytest -q tests/store/ledger/test_kill.py \
		tests/store/ledger/test_power.py $(ARGS)

# The installed command against real BlueZ on a real kernel (docs/bluetooth-testing.md); the first time builds that kernel.
test-bluez: .venv/installed-test
	$(BIN)/python -m tests.uml --install $(ARGS)

check: lint types contracts test

bench: .venv/installed-peers
	MPLBACKEND=Agg $(BIN)/python -m tests.bench
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tests.bench.cue
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tests.bench.together --seed 11
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.bench.window

# Every view and state, in three themes, two sizes and two languages (docs/adding.md); NAMES="coach start-dark" takes some.
screenshots: .venv/installed-test
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m docs.screenshots $(or $(FOLDER),screenshots) $(NAMES)

.venv/python:
	@test -n "$(PYTHON)" && $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "biosync needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv || \
		{ echo "Python's venv module is missing; on Debian and Ubuntu: sudo apt-get install python3-venv"; exit 1; }
	@touch $@

.venv/installed: .venv/python pyproject.toml
	@echo "Setting up (once): biosync and what it needs ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

.venv/installed-%: .venv/installed
	@echo "Setting up (once): the tools for '$*' ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[$*]'
	@touch $@

clean:
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
