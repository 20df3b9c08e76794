# `make demo` sets everything up and runs the worked examples; `make test` sets everything up and passes the tests.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO := build/demo
SEEDS := $(sort $(wildcard seeds/vn-us-trade/*.yaml))
FISH := $(sort $(wildcard seeds/fish-stocks/*.yaml))
CHECKS := seeds/vn-us-trade/checks/assertions.yaml
TEXTS ?= ../shared/sources
KILLS ?= 300
SEED ?= 1
WRITERS ?= 8
DESKS ?= 8
SERVER_KILLS ?= 20
ASKERS ?= 4
SECONDS ?= 60
CASES ?= 100000
comma := ,

.PHONY: demo demo-desks test check laws crashes writers desks fuzz seeds-check bench docs pictures requirements clean

demo: $(READY)
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	$(BIN)/parley init --ledger $(DEMO)/ledger.db
	$(BIN)/parley import $(SEEDS) --ledger $(DEMO)/ledger.db
	$(BIN)/parley state --as-of 2025-03-31 --ledger $(DEMO)/ledger.db
	$(BIN)/parley state --as-of 2025-05-22 --ledger $(DEMO)/ledger.db
	$(BIN)/parley state --ledger $(DEMO)/ledger.db
	$(BIN)/parley import $(CHECKS) --ledger $(DEMO)/ledger.db
	$(BIN)/parley check --ledger $(DEMO)/ledger.db
	@echo "The second example is invented, and its documents are in seeds/fish-stocks/documents."
	$(BIN)/parley init --ledger $(DEMO)/fish-stocks.db
	$(BIN)/parley import $(FISH) --ledger $(DEMO)/fish-stocks.db
	$(BIN)/parley state --as-of 2024-07-17 --ledger $(DEMO)/fish-stocks.db
	$(BIN)/parley text --as-of 2024-07-17 --ledger $(DEMO)/fish-stocks.db
	$(BIN)/parley figures --as-of 2024-07-17 --ledger $(DEMO)/fish-stocks.db
	$(BIN)/parley table --as-of 2024-07-17 --ledger $(DEMO)/fish-stocks.db
	@echo "The ledgers of the examples are $(DEMO)/ledger.db and $(DEMO)/fish-stocks.db. Ask more: see the tour in README.md."

# A PostgreSQL server, two desks and a public reader: what one desk files appears at the other, and not at the third.
demo-desks: $(READY)
	$(BIN)/python -m tests.demo_desks

# Tests start many processes, and bytecode that is kept makes each start twice as fast. A file's tests run in one process.
test laws: export PYTHONDONTWRITEBYTECODE =
test: $(READY) check
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The laws and the fuzzing, with twenty-five times as many ledgers and cases as `make test` draws.
laws: $(READY)
	PARLEY_THOROUGH=25 $(BIN)/python -m pytest -n auto --dist loadfile tests/ledger/test_laws.py tests/ledger/domain/folds \
	    tests/ledger/filing/test_merge_laws.py tests/ledger/levels tests/ledger/dates/test_languages.py \
	    tests/ledger/web/test_sign_in.py tests/ledger/web/test_site.py tests/cli/test_hindsight.py tests/cli/test_levels.py \
	    tests/cli/test_widths.py tests/test_fish_stocks.py tests/fuzzing

# Kills processes at random moments of their work, and looks at what they leave.
crashes: $(READY)
	$(BIN)/python -m tests.crashes.kills $(KILLS) $(SEED)

# Many write at once while others ask; the same with bare sqlite3 and the bare event-sourcing library.
writers: $(READY)
	$(BIN)/python -m tests.crashes.writers $(WRITERS) $(ASKERS) $(SECONDS)

# Desks append to a ledger on a PostgreSQL server that is killed and restarted meanwhile.
desks: $(READY)
	$(BIN)/python -m tests.crashes.desks $(DESKS) $(SECONDS) $(SERVER_KILLS)

# The long run of tests/fuzzing; a case that fails is written to build/fuzzing with the command that tries it again.
fuzz: $(READY)
	$(BIN)/python -m tests.fuzzing --cases $(CASES) --seed $(SEED)

# Verifies every quotation of the worked example where the sources' texts are at hand.
seeds-check: $(READY)
	$(BIN)/parley check-quotes $(SEEDS) --texts $(TEXTS)

# Measures every row, at every size or (QUICK=1) at 1k and 10k events; hledger is measured where it is installed.
bench: $(READY)
	$(BIN)/python -m benchmarks $(if $(QUICK),--quick --sizes 1k$(comma)10k)
	$(BIN)/python -m benchmarks --write

docs: $(READY)
	$(BIN)/python -m docs.build

# The pictures of the documentation, from the worked example. Needs Chromium, LibreOffice and poppler-utils.
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
	    --extra dev --extra draft --extra office --extra pdf --extra postgres --extra sign --extra web pyproject.toml \
	    -o requirements-dev.txt

clean:
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis
