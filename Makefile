# Every target installs what it needs into this checkout: Python packages into .venv, npm packages into tests/acceptance/npm.
# It takes Python >= 3.11 with venv and pip, make and git. `make` alone prints the targets.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
NPM := tests/acceptance/npm
NPM_READY := $(NPM)/node_modules/.ready
PROJECTS := pyproject.toml shared/pyproject.toml $(wildcard servers/*/pyproject.toml)
SERVERS := $(patsubst servers/%/pyproject.toml,%,$(wildcard servers/*/pyproject.toml))
SOURCES := shared/src $(wildcard servers/*/src)
CHECKED := $(SOURCES) shared/tests $(wildcard servers/*/tests) $(wildcard tests examples)
ARGS ?=
# A file of tests stays in one process, whose servers its tests share; ARGS="-n 0" runs all of them in one.
SPREAD := --numprocesses auto --maxprocesses 4 --dist loadfile

# A company's certificate authority stands in the system's store; uv and Node look there only when told to.
export UV_SYSTEM_CERTS ?= true
export NODE_USE_SYSTEM_CA ?= 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install demo test soak lint format bench lock build clean

help: ## print these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(READY) ## install everything into .venv

demo: $(READY) ## start the servers on sample data and talk to them
	@$(BIN)/python -m examples.demo $(ARGS)

test: $(READY) $(NPM_READY) ## run the tests, without the long runs
	@$(BIN)/python -m pytest -m "not soak" $(SPREAD) $(ARGS)

soak: $(READY) $(NPM_READY) ## run the long tests: many kills, races, fuzzing
	@$(BIN)/python -m pytest -m soak --timeout 1200 $(SPREAD) $(ARGS)

lint: $(READY) ## check style and types
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check --quiet || { echo 'Run `make format`.'; exit 1; }
	@$(BIN)/mypy $(CHECKED)

format: $(READY) ## put the code into its one form
	@$(BIN)/ruff check --fix --quiet || true
	@$(BIN)/ruff format

bench: $(READY) ## measure against a bare MCPServer
	@$(BIN)/python tests/bench $(ARGS)

lock: $(READY) ## choose the newest versions that fit and write the lock files
	@$(BIN)/uv lock --upgrade --quiet
	@$(BIN)/uv export --frozen --quiet --no-header --all-packages --all-extras --all-groups --no-emit-workspace \
		--output-file requirements.lock
	@$(BIN)/uv export --frozen --quiet --no-header --only-group build --output-file build.lock
	@for server in $(SERVERS); do \
		name=$$(sed -n 's/^name = "\(.*\)"/\1/p' servers/$$server/pyproject.toml | head -n 1); \
		$(BIN)/uv export --frozen --quiet --no-header --package $$name --extra image --no-dev --no-emit-workspace \
			--output-file servers/$$server/requirements.lock || exit 1; \
	done

build: $(READY) ## build the wheels and source archives into dist/
	@$(BIN)/uv build --quiet --all-packages --out-dir dist
	@ls dist

clean: ## remove everything that the targets have made
	@rm -rf $(VENV) dist build $(NPM)/node_modules uv.lock .mypy_cache .pytest_cache .ruff_cache .hypothesis .cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@find . -name '*.egg-info' -type d -prune -exec rm -rf {} +

$(READY): requirements.lock $(PROJECTS) scripts/install
	@scripts/install $(VENV)
	@touch $@

$(NPM_READY): $(NPM)/package-lock.json $(NPM)/.npmrc | $(READY)
	@echo 'Installing the npm packages that the tests drive.'
	@PATH="$(abspath $(BIN)):$$PATH" npm ci --prefix $(NPM) --loglevel=error
	@touch $@
