# `make demo` sets everything up and runs the worked example; `make test` sets everything up and passes the tests.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO := build/demo
SEEDS := $(sort $(wildcard seeds/vn-us-trade/*.yaml))
CHECKS := seeds/vn-us-trade/checks/assertions.yaml
TEXTS ?= ../shared/sources

.PHONY: demo test check seeds-check docs pictures requirements clean

demo: $(READY)
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	$(BIN)/parley init --ledger $(DEMO)/ledger.db
	$(BIN)/parley import $(SEEDS) --ledger $(DEMO)/ledger.db
	$(BIN)/parley state --as-of 2025-03-31 --ledger $(DEMO)/ledger.db
	$(BIN)/parley state --as-of 2025-05-22 --ledger $(DEMO)/ledger.db
	$(BIN)/parley state --ledger $(DEMO)/ledger.db
	$(BIN)/parley import $(CHECKS) --ledger $(DEMO)/ledger.db
	$(BIN)/parley check --ledger $(DEMO)/ledger.db
	@echo "The ledger of this example is $(DEMO)/ledger.db. Ask it more: see the tour in README.md."

test: $(READY) check
	$(BIN)/python -m pytest -n auto --dist loadgroup

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Verifies every quotation of the worked example where the sources' texts are at hand.
seeds-check: $(READY)
	$(BIN)/parley check-quotes $(SEEDS) --texts $(TEXTS)

docs: $(READY)
	$(BIN)/python -m docs.build

# The pictures of the README, from the worked example. Needs Chromium.
pictures: $(READY)
	$(BIN)/python -m docs.pictures

# Bytecode is compiled at set-up: a first start without it takes about twice as long.
$(READY): requirements.txt requirements-dev.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Parley needs Python 3.11 or newer.")'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q $(VENV)/lib ledger cli
	@touch $(READY)

# Needs uv. The pins hold for every platform and Python from 3.11.
requirements:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --quiet \
	    pyproject.toml -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --quiet \
	    --extra dev --extra web pyproject.toml -o requirements-dev.txt

clean:
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis
