# What people run. `make setup` is done by the others when it is needed; `.ci/run` calls `make test`.
#
#   make run     the demo workspace on http://localhost:8501
#   make serve   production: your settings, no demo data
#   make test    every check and test, system packages included (about ten minutes the first time)
#   make bench   measurements beside django-import-export and others
#   make mutants faults put into the code one by one, and how many the tests notice (ROOM=… for one module; hours)

PORT ?= 8501
HOST ?= 127.0.0.1
BIN := .venv/bin
STREAMLIT := $(BIN)/streamlit run app.py --server.address $(HOST) --server.port $(PORT)

.DEFAULT_GOAL := help
.PHONY: help setup packages run serve check types imports lint test bench mutants

help:
	@sed -n 's/^#   //p' Makefile

# The stamp makes a second `make setup` instant, and lets everything run without a network.
setup: .venv/ready

.venv/ready: requirements.txt requirements-dev.txt
	@scripts/setup
	@touch $@

packages:
	@scripts/system-packages

# The demo keeps its data apart: its users share a password that everybody can read.
run: export KOMET_DEMO = 1
run: export KOMET_DATA_DIR = $(CURDIR)/data/demo
run: export KOMET_PUBLIC_URL ?= http://localhost:$(PORT)
run: setup
	@scripts/step 'Preparing the database' $(BIN)/python -m komet_import db upgrade
	@scripts/step 'Preparing the demo' $(BIN)/python -m komet_import demo
	@echo 'Starting the server …'
	@exec $(STREAMLIT)

serve: setup
	@scripts/step 'Preparing the database' $(BIN)/python -m komet_import db upgrade
	@exec $(STREAMLIT)

# Beside each other, mypy first: it takes as long as all others.
check: setup
	@$(MAKE) --no-print-directory --jobs --keep-going --output-sync types imports lint

types:
	$(BIN)/mypy

imports:
	$(BIN)/lint-imports

lint:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

# Fast ones first. Chromium, server and database of a test keep about one processor busy between them, so as many
# tests run side by side as there are processors; a file's browser tests share a server, so they stay together.
PYTEST := $(BIN)/pytest --numprocesses auto --maxprocesses 4

test: setup packages check
	$(PYTEST) --ignore tests/browser
	$(PYTEST) --dist loadfile tests/browser

bench: setup
	$(BIN)/python -m bench

mutants: setup
	$(BIN)/python scripts/mutants $(ROOM)
