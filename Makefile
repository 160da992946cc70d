# `make run` serves this machine; `make test` runs every check. `make help` lists the rest.

# What Python compiles is kept: every check, server and test starts processes of its own.
unexport PYTHONDONTWRITEBYTECODE
# Installing mostly waits for files, and the checks need one core each.
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += --jobs=2
endif
PYTHON ?= python3
PORT ?= 8000
WAYMARK_BASE_URL ?= http://127.0.0.1:$(PORT)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/base.stamp $(VENV)/dev.stamp
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-input --require-hashes
LOCAL := WAYMARK_LOCAL=1 WAYMARK_BASE_URL=$(WAYMARK_BASE_URL) WAYMARK_BIND=127.0.0.1:$(PORT)
# Beside the web process, which takes the shell's place and number: ends with it, and is started again when it dies before.
WORKER = until $(LOCAL) $(BIN)/python manage.py db_worker --beside $$$$ || ! kill -0 $$$$; do sleep 1; done &
# A check asks as a host on the internet would run it, and keeps its files apart from a person's own.
CHECK := env -u DEBUG -u DATABASE_URL -u WAYMARK_LOCAL WAYMARK_DATA_DIR=var/check \
	WAYMARK_BASE_URL=https://waymark.example SECRET_KEY=$$(od -An -N48 -tx1 /dev/urandom | tr -d ' \n') $(BIN)/python
WORKERS ?= 2
# One part after the other, all of them even if one fails.
PARTS = MAKEFLAGS= $(MAKE) --no-print-directory --keep-going WORKERS=0
PLANS = tests/roadmap/planning
PYTEST = $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal
LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --python-version 3.11 --universal --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links

.PHONY: help run dev test check check-code check-product test-sqlite test-postgres test-browser test-once test-plans bench messages lock

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
	@$(WORKER) exec env $(LOCAL) $(BIN)/python -m gunicorn --config config/gunicorn.py

dev: $(INSTALLED)
	@DEBUG=on $(LOCAL) $(BIN)/python manage.py prepare --no-static
	@$(WORKER) exec env DEBUG=on $(LOCAL) $(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

# Three processes at once, about equally long: some parts wait for a browser, a server or a restart while others have the
# processor. One is told of as it runs, the others when they have ended.
test: check
	@mkdir -p var/tests; \
	$(PARTS) test-browser test-plans >var/tests/browser.log 2>&1 & browser=$$!; \
	$(PARTS) test-once >var/tests/once.log 2>&1 & once=$$!; \
	trap 'wait; exit 130' INT; failed=0; \
	$(PARTS) test-sqlite test-postgres || failed=1; \
	wait $$browser || failed=1; wait $$once || failed=1; \
	cat var/tests/browser.log var/tests/once.log; exit $$failed

test-sqlite: $(INSTALLED)
	env -u DATABASE_URL $(PYTEST) -m "not browser and not once"

test-postgres: $(INSTALLED)
	$(BIN)/python -m tests.postgres -- $(PYTEST) -m "not browser and not once"

test-browser: $(INSTALLED)
	$(BIN)/python -m tests.postgres -- $(PYTEST) -m browser

test-once: $(INSTALLED)
	env -u DATABASE_URL $(PYTEST) -m "once and not browser" --ignore $(PLANS)

test-plans: $(INSTALLED)
	env -u DATABASE_URL $(PYTEST) -m "once and not browser" $(PLANS)

check: check-code check-product

check-code: $(INSTALLED)
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --quiet --check
	$(BIN)/mypy --no-error-summary

check-product: $(INSTALLED)
	$(BIN)/djlint templates --lint --quiet
	@$(CHECK) manage.py messages --compile
	$(CHECK) manage.py messages --check
	$(CHECK) manage.py check --deploy --fail-level WARNING
	$(CHECK) manage.py makemigrations --check --dry-run
	$(CHECK) manage.py check_pack content/packs/deep-learning
	$(CHECK) manage.py pack_report --strict content/packs/deep-learning

bench: $(INSTALLED)
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench.search
	@$(BIN)/python -m tests.bench.plans

messages: $(INSTALLED)
	@$(LOCAL) $(BIN)/python manage.py messages

lock: $(INSTALLED)
	$(LOCK) --output-file requirements/base.txt
	$(LOCK) --group dev --constraint requirements/base.txt --output-file requirements/dev.txt \
		$$(sed -n 's/^\([a-z0-9-]*\)==.*/--no-emit-package \1/p' requirements/base.txt)

# What only development needs is installed beside the rest, not after it: what it needs of the rest comes from there.
$(VENV)/dev.stamp: PIP += --no-deps
$(VENV)/%.stamp: requirements/%.txt $(BIN)/python
	@echo "Installing requirements/$*.txt into $(VENV); it takes up to a minute, once."
	@$(PIP) --requirement requirements/$*.txt
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Waymark needs Python 3.11 or newer. Name it, such as: make run PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "This Python cannot make a virtual environment. On Debian: apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
