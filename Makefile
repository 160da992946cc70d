# `make run` serves this machine; `make test` runs every check. `make help` lists the rest.

# What Python compiles is kept: every check, server and test starts processes of its own.
unexport PYTHONDONTWRITEBYTECODE
PYTHON ?= python3
PORT ?= 8000
WAYMARK_BASE_URL ?= http://127.0.0.1:$(PORT)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-input --require-hashes
LOCAL := WAYMARK_LOCAL=1 WAYMARK_BASE_URL=$(WAYMARK_BASE_URL) WAYMARK_BIND=127.0.0.1:$(PORT)
# A check asks as a host on the internet would run it, and keeps its files apart from a person's own.
CHECK := env -u DEBUG -u DATABASE_URL -u WAYMARK_LOCAL WAYMARK_DATA_DIR=var/check \
	WAYMARK_BASE_URL=https://waymark.example SECRET_KEY=$$(od -An -N48 -tx1 /dev/urandom | tr -d ' \n') $(BIN)/python
PYTEST := $(BIN)/python -m pytest -n 2 --dist worksteal
LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --python-version 3.11 --universal --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links

.PHONY: help run dev test check check-code check-product test-sqlite test-postgres bench messages lock

help:
	@echo "make run       serve Waymark on this machine (PORT=8000)"
	@echo "make dev       the same with DEBUG and reloading, for work on the code"
	@echo "make test      every check and the whole suite, on SQLite and on PostgreSQL"
	@echo "make check     the checks alone: format, lint, types, templates, migrations, translations, content"
	@echo "make bench     the speed of the hot pages beside bare views"
	@echo "make messages  collect new texts into the translations"
	@echo "make lock      pin the dependencies anew after a change of pyproject.toml"

run: $(VENV)/base.stamp
	@$(LOCAL) $(BIN)/python manage.py prepare
	@exec env $(LOCAL) $(BIN)/python -m gunicorn --config config/gunicorn.py

dev: $(VENV)/dev.stamp
	@DEBUG=on $(LOCAL) $(BIN)/python manage.py prepare --no-static
	@exec env DEBUG=on $(LOCAL) $(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

test: check
	@$(MAKE) --no-print-directory test-sqlite
	@$(MAKE) --no-print-directory test-postgres

test-sqlite: $(VENV)/dev.stamp
	env -u DATABASE_URL $(PYTEST) -m "not browser"

test-postgres: $(VENV)/dev.stamp
	$(BIN)/python -m tests.postgres -- $(PYTEST) -m "browser or not once"

check: $(VENV)/dev.stamp
	@$(MAKE) --no-print-directory --jobs=2 check-code check-product

check-code: $(VENV)/dev.stamp
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --quiet --check
	$(BIN)/mypy --no-error-summary

check-product: $(VENV)/dev.stamp
	$(BIN)/djlint templates --lint --quiet
	@$(CHECK) manage.py messages --compile
	$(CHECK) manage.py messages --check
	$(CHECK) manage.py check --deploy --fail-level WARNING
	$(CHECK) manage.py makemigrations --check --dry-run
	$(CHECK) manage.py check_pack content/packs/deep-learning
	$(CHECK) manage.py pack_report --strict content/packs/deep-learning

bench: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench.search

messages: $(VENV)/dev.stamp
	@$(LOCAL) $(BIN)/python manage.py messages

lock: $(VENV)/dev.stamp
	$(LOCK) --output-file requirements/base.txt
	$(LOCK) --group dev --constraint requirements/base.txt --output-file requirements/dev.txt

$(VENV)/%.stamp: requirements/%.txt $(BIN)/python
	@echo "Installing requirements/$*.txt into $(VENV); this takes a minute, once."
	@$(PIP) --requirement requirements/$*.txt
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Waymark needs Python 3.11 or newer. Name it, such as: make run PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "This Python cannot make a virtual environment. On Debian: apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
