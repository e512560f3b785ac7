# The two commands of the README. Both make their own environment from the project's files.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help report test lint types check golden benchmark clean

help:
	@echo "make report     install into $(VENV) and check the repository's own corpus/"
	@echo "make test       install into $(VENV) and run linters, type checker and tests"
	@echo "make golden     rewrite the expected outputs in tests/golden after an intended change"
	@echo "make benchmark  measure speed on this machine"

$(VENV)/.run-stamp: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "termcheck needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[onnx]'
	touch $@

$(VENV)/.dev-stamp: $(VENV)/.run-stamp
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

report: $(VENV)/.run-stamp
	$(BIN)/termcheck report corpus/ --exit-zero

lint: $(VENV)/.dev-stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev-stamp
	$(BIN)/mypy

test: lint types
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --cov --cov-fail-under=95

golden: $(VENV)/.dev-stamp
	TERMCHECK_UPDATE_GOLDEN=1 $(BIN)/python -m pytest tests -k golden

benchmark: $(VENV)/.dev-stamp
	$(BIN)/python benchmarks/speed.py

clean:
	rm -rf $(VENV) build dist
