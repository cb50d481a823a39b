# make demo    see it work: the bundled news site, one run, one trend
# make test    run the tests
# make test-lake  run the tests of the lake, under DuckDB 1.5.5 (needs PostgreSQL's programs)
# make check   linters, types, import rules
# make run     one pass over your feeds (claimwire feeds add URL first)
# make bench   measure quality and speed against the pinned floors
# make env     the environment alone, in .venv
# make lock    resolve the dependencies anew

PYTHON ?= python3
SHARED ?= ../shared
VENV   := .venv
BIN    := $(VENV)/bin
MADE   := $(VENV)/.made
LAKE   := .lake
LAKE_PACKAGES := duckdb==1.5.5 duckdb-extension-ducklake==1.5.5 duckdb-extension-postgres-scanner==1.5.5
UV     := $(shell command -v uv 2>/dev/null)
LOCK   := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
          --no-strip-extras --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --quiet

.PHONY: demo test lake test-lake check run bench env lock
.DEFAULT_GOAL := demo

demo: $(MADE)
	$(BIN)/claimwire demo

test: $(MADE)
	$(BIN)/pytest -q -n logical --dist loadscope

# DuckDB 1.5.5 and its extensions, laid over the environment: only the lake runs on them. DuckDB
# itself checks the signature of each extension that it loads.
lake: $(LAKE)/.made

$(LAKE)/.made: $(MADE) pyproject.toml
	rm -rf $(LAKE)
ifdef UV
	uv pip install --quiet --python $(BIN)/python --no-deps --target $(LAKE) $(LAKE_PACKAGES)
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --target $(LAKE) $(LAKE_PACKAGES)
endif
	@touch $@

test-lake: $(LAKE)/.made
	PYTHONPATH=$(LAKE) $(BIN)/pytest -q tests/warehouse/test_place.py tests/warehouse/test_lake.py

check: $(MADE)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

run: $(MADE)
	$(BIN)/claimwire run

bench: $(MADE)
	$(BIN)/python -m benchmarks.bench --shared $(SHARED)

env: $(MADE)

# Everything comes from the hash lock, the build backend too; the project itself is linked in place.
$(MADE): requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
ifdef UV
	uv venv --quiet --allow-existing --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" $(VENV)
	uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.txt
	uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
else
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
endif
	@touch $@

lock:
	$(LOCK) --output-file requirements.txt
	$(LOCK) --group dev --output-file requirements-dev.txt
