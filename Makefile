# The commands of the project. `make run` needs Python 3.11 or newer, make and a network the first time; nothing else.
SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PORT ?= 8000
PY := .venv/bin/python
BOOT = python=$$(sh scripts/find_python.sh) && $$python scripts/bootstrap.py
# Two of our suites at once fill two cores; more only fight.
JOBS ?= 2

.PHONY: help setup build run test check unit e2e bench same-bytes format lock clean

help:
	@echo "make run      start everything on this machine, with a demo game   (PORT=$(PORT) ARGS=...)"
	@echo "make test     every suite: checks, SQLite, PostgreSQL, production commands, browser"
	@echo "make check    format, lint, types, architecture, unit tests, protocol, pages (about four minutes)"
	@echo "make e2e      the browser suite alone        make bench    measure, and print"
	@echo "make same-bytes PYTHONS=\"python3.11 python3.13\"   one game under several Pythons, byte for byte"
	@echo "make setup    only install                   make build    only build the pages"
	@echo "make mutation mutate the rules and the resolver (long)       make oracle   ask NegMAS anew"
	@echo "make format   format the code                make lock     resolve requirements/*.in anew"

setup:
	@$(BOOT) dev
	@$(BOOT) frontend

build:
	@$(BOOT) base
	@$(BOOT) frontend

run: build
	@exec $(PY) manage.py up --demo --port $(PORT) $(ARGS)

check:
	@$(BOOT) dev
	@$(BOOT) node
	@$(PY) scripts/check.py

test:
	@$(BOOT) dev
	@$(BOOT) frontend
	@JOBS=$(JOBS) $(PY) scripts/test.py

unit:
	@$(BOOT) dev
	@$(PY) -m pytest -q tests/unit

e2e:
	@$(BOOT) dev
	@$(BOOT) frontend
	@$(PY) scripts/test.py --only browser

bench: build
	@$(PY) manage.py bench $(ARGS)

same-bytes: build
	@$(PY) scripts/same_bytes.py $(or $(PYTHONS),$(PY))

# Long: an hour and more on two cores. RULES=1 mutates the rules alone, CODE=1 the code alone.
mutation:
	@$(BOOT) dev
	@$(PY) scripts/mutation.py $(if $(RULES),--rules) $(if $(CODE),--code) $(ARGS)

# NegMAS has an environment of its own: requirements/oracle.in.
oracle:
	@$(BOOT) dev
	@test -x .venv-oracle/bin/python || $$(sh scripts/find_python.sh) -m venv .venv-oracle
	@.venv-oracle/bin/python -m pip install -q -r requirements/oracle.in
	@.venv-oracle/bin/python tests/oracle/record.py --check
	@$(PY) -m pytest -q tests/oracle

format:
	@$(BOOT) dev
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format .

lock:
	@sh scripts/lock.sh

clean:
	rm -rf .venv .venv-node .venv-oracle mutants .make frontend/node_modules frontend/dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
