# Everything is set up on first use; `make help` lists the goals.
PORT ?= 8000
UV_VERSION := 0.13.8
UV := .run/uv.sh
PY := .venv/bin/python
PYTHON_SOURCES := $(wildcard src tests tools benchmarks)

.DEFAULT_GOAL := help
.PHONY: help run serve test lint browser audit postgres bench drill load course validate safety mutate fuzz tour wheel openapi format clean assets lint-python lint-frontend test-frontend

help: ## list the goals
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: assets ## set up and open a made-up clinic on http://127.0.0.1:$(PORT)/demo/ (FRESH=1 makes it anew)
	@exec $(PY) -m tautband demo --data .run/demo --port $(PORT) $(if $(FRESH),--fresh)

serve: assets ## set up and serve your own clinics on http://127.0.0.1:$(PORT)
	@TAUTBAND_DATA=$${TAUTBAND_DATA:-.run/data} exec $(PY) -m tautband serve --port $(PORT)

test: .run/venv ## set up and run everything: lint, types, layers, front end, all tests
	@$(PY) tools/build_assets.py --with-packages
	@# What asks the network, what one core does and what the front end does, side by side.
	@$(MAKE) --no-print-directory --jobs=3 --output-sync=target postgres lint-python test-frontend
	$(PY) -m pytest tests/unit tests/web tests/clinic --numprocesses 2 --dist worksteal
	# The backups' tests start both databases themselves.
	$(PY) -m tests.clinic.postgres $(PY) -m pytest tests/clinic --ignore tests/clinic/trail/test_backup.py --numprocesses 2 --dist worksteal
	$(PY) -m pytest tests/browser --numprocesses 2 --dist worksteal

lint: .run/venv ## lint, types and layers only
	@$(PY) tools/build_assets.py --with-packages
	@$(MAKE) --no-print-directory lint-python lint-frontend

lint-python: ## (part of lint and test)
	.venv/bin/ruff check $(PYTHON_SOURCES)
	.venv/bin/ruff format --check $(PYTHON_SOURCES)
	.venv/bin/mypy $(PYTHON_SOURCES)
	.venv/bin/lint-imports
	.venv/bin/djlint --quiet --check --lint src/tautband/clinic/templates

lint-frontend: ## (part of lint and test)
	cd frontend && npm run --silent lint

test-frontend: lint-frontend ## (part of test) once it is clean
	cd frontend && npm run --silent test

browser: ## (part of test) the Chromium that the browser tests drive
	@tools/ensure_chromium.sh

postgres: browser ## (part of test; after the other, as Debian installs one at a time) the PostgreSQL that the clinic's tests start
	@tools/ensure_postgres.sh

audit: .run/venv ## look the dependencies up among known vulnerabilities (asks the network)
	$(UV) export --locked --quiet --no-emit-project --format requirements-txt > .run/requirements.txt
	@$(PY) -m tools.audit

bench: assets ## measure, and write the table that the documentation shows
	@$(UV) sync --locked --quiet --group bench
	$(PY) -m benchmarks

validate: assets ## check the model, and write the figures and pictures into docs/validation.md
	OMP_NUM_THREADS=1 $(PY) -m tools.write_validation

safety: assets ## check the safety rules on a million answer sets, and write the figures
	OMP_NUM_THREADS=1 $(PY) -m benchmarks.safety

drill: assets ## kill the server 50 times under load on both databases, and see whether anything is lost
	$(PY) -m benchmarks.faults

load: assets ## the server under load, then a clinic with 50,000 patients and a million needles
	$(PY) -m benchmarks.bench_load
	$(PY) -m benchmarks.bench_size

mutate: assets ## break the screening engine in one place at a time, and see whether its tests notice
	$(PY) tools/mutate.py

course: assets ## check the model of one course, and write the figures into docs/validation.md
	OMP_NUM_THREADS=1 $(PY) -m benchmarks.course

tour: assets browser ## walk a first day in the made-up clinic, and take its pictures for the documentation
	$(PY) -m tools.tour

fuzz: assets ## throw requests at the JSON API for ten minutes (MINUTES=60 for an hour), then at a clinic
	DJANGO_SETTINGS_MODULE=tests.settings nice $(PY) -m tools.fuzz_api $(MINUTES)
	FUZZ_EXAMPLES=500 nice $(PY) -m pytest tests/clinic/test_fuzz.py --numprocesses 2

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
