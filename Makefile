# The two commands a newcomer needs are `make note` and `make test`; both set everything up first.
PYTHON ?= python3
BIN := .venv/bin
NOTES ?= notes

.PHONY: note test slow lint check format bench accuracy size picture clean

note: .venv/.ready
	@$(BIN)/hkconcept note --sample --out $(NOTES) --format table

test: .venv/.ready
	@$(BIN)/python -m pytest -n auto -q

slow: .venv/.ready # about 5 minutes: 200 killed imports; does the event study's default reject 5% of true nulls
	@HKCONCEPT_KILLS=200 $(BIN)/python -m pytest -q -n0 tests/ledger/test_killed_imports.py
	@PYTHONPATH=src $(BIN)/python -m benchmarks.study_size --only Size

lint: .venv/.ready
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/yamllint --strict src .yamllint.yml

check: lint test

.venv/.ready: pyproject.toml uv.lock tools/bootstrap.py
	@$(PYTHON) tools/bootstrap.py

format: .venv/.ready
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: .venv/.ready
	@$(BIN)/python benchmarks/commands.py

accuracy: .venv/.ready
	@$(BIN)/python benchmarks/accuracy.py --write
	@$(BIN)/python benchmarks/main_text.py
	@$(BIN)/python benchmarks/recognizers.py

size: .venv/.ready # about 20 minutes: how often each test of the event study rejects, on returns made for it
	@PYTHONPATH=src $(BIN)/python -m benchmarks.study_size

picture: .venv/.ready
	@$(BIN)/python tools/take_pictures.py

clean:
	rm -rf .venv .tools notes .mypy_cache .ruff_cache .pytest_cache .hypothesis
