# Everything is set up on first use; `make help` lists the goals.
PORT ?= 8000
UV_VERSION := 0.13.8
UV := .run/uv.sh
PY := .venv/bin/python
PYTHON_SOURCES := $(wildcard src tests tools benchmarks examples)

.DEFAULT_GOAL := help
.PHONY: help run test lint browser bench wheel openapi format clean assets checks

help: ## list the goals
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: assets ## set up and serve on http://127.0.0.1:$(PORT)
	@exec $(PY) -m tautband serve --port $(PORT)

test: checks browser ## set up and run everything: lint, types, layers, front end, all tests
	cd frontend && npm run --silent test
	$(PY) -m pytest

lint: checks ## lint, types and layers only

checks: .run/venv ## (part of lint and test)
	@$(PY) tools/build_assets.py --with-packages
	.venv/bin/ruff check $(PYTHON_SOURCES)
	.venv/bin/ruff format --check $(PYTHON_SOURCES)
	.venv/bin/mypy $(PYTHON_SOURCES)
	.venv/bin/lint-imports
	.venv/bin/djlint --quiet --check --lint src/tautband/clinic/templates
	cd frontend && npm run --silent lint

browser: ## (part of test) the Chromium that the browser tests drive
	@tools/ensure_chromium.sh

bench: assets ## measure, and write the table that the documentation shows
	@$(UV) sync --locked --quiet --group bench
	$(PY) -m benchmarks

wheel: assets ## build the wheel and the source distribution into dist/
	@$(UV) build --quiet --out-dir dist
	@ls dist/*.whl

openapi: .run/venv ## write the API's schema and the TypeScript types made from it
	$(PY) tools/write_openapi.py
	cd frontend && npm run --silent api

format: .run/venv ## put all sources into the one format
	.venv/bin/ruff check --fix $(PYTHON_SOURCES)
	.venv/bin/ruff format $(PYTHON_SOURCES)
	.venv/bin/djlint --quiet --reformat src/tautband/clinic/templates
	cd frontend && npm run --silent format

clean: ## remove everything that was built or installed here
	rm -rf .venv .run dist frontend/node_modules src/tautband/clinic/static/app src/tautband/atlas/compiled
	find src -name .inputs -delete -o -name '*.glb.gz' -delete

assets: .run/venv
	@$(PY) tools/build_assets.py

.run/venv: pyproject.toml uv.lock tools/find_uv.sh
	@tools/find_uv.sh $(UV_VERSION)
	@$(UV) sync --locked --quiet
	@touch $@
