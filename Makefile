# Every target makes .venv itself when it is missing, and brings it up to date when the lock file or pyproject.toml moved.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.up-to-date
N ?= 100
OUT ?= data/demo

.DEFAULT_GOAL := help
.PHONY: demo test browser test-slow test-gpu pythons goldens check format bench launches coverage figures pictures scale trust profiles docs lock clean help

demo: $(STAMP) ## generate 100 verified kernels into data/demo (N=... OUT=... for others)
	@$(BIN)/warpsmith generate -n $(N) -o $(OUT) --shard-size 50 --overwrite

test: $(STAMP) browser ## run every test that needs no GPU and is not slow
	@$(BIN)/pytest -q -n 2 -m "not slow and not gpu"

test-slow: $(STAMP) browser ## run the slow tests: large sets, long runs
	@$(BIN)/pytest -q -n 2 -m slow

browser: ## install Chromium for the tests of the pages, where there is none and this is Debian and root
	@for name in chromium chromium-browser google-chrome; do command -v $$name >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "installing Chromium ..."; export DEBIAN_FRONTEND=noninteractive; \
		apt-get update -qq >/dev/null 2>&1; \
		apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null 2>&1 && exit 0; \
	fi; \
	echo "no Chromium here: the tests of the pages are skipped (on Debian: apt-get install chromium)"

test-gpu: $(STAMP) ## run the tests that need a CUDA device
	@$(BIN)/pytest -q -m gpu tests/gpu

pythons: $(STAMP) ## make .venv-3.X for every other Python that is found; then `make test` compares their bytes
	@$(BIN)/python -m tests.pythons

goldens: $(STAMP) ## write the golden files anew; look at the diff before you commit it
	@$(BIN)/pytest -q -n 2 -m "not slow and not gpu" --update-goldens

check: $(STAMP) ## formatting, lint, strict types, the floors of the house
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

format: $(STAMP) ## format, and mend what lint can mend
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(STAMP) ## kernels per second beside the naive way, written and verified, and where the time goes
	@$(BIN)/python -m benchmarks.throughput
	@$(BIN)/python -m benchmarks.verifying

trust: $(STAMP) ## plant faults in 200 adjoints and in a set, differentiate 500 kernels a second way (half an hour)
	@$(BIN)/python -m benchmarks.planted
	@$(BIN)/python -m benchmarks.mutants 200
	@$(BIN)/python -m benchmarks.second_opinion 500

figures: $(STAMP) browser ## measure all figures of docs/ anew (half an hour or more)
	@$(BIN)/python -m benchmarks.throughput --save
	@$(BIN)/python -m benchmarks.verifying --save
	@$(BIN)/python -m benchmarks.memory
	@$(BIN)/python -m benchmarks.startup --save
	@$(BIN)/python -m benchmarks.browsing --save
	@$(BIN)/python -m benchmarks.near_duplicates --large 100000 --save
	@$(BIN)/python examples/poisson.py --plot docs/figures/poisson.png
	@$(BIN)/python -m docs.make

pictures: $(STAMP) ## draw the figures of docs/statistics.md anew, of a set of 2,000 kernels
	@$(BIN)/warpsmith generate -n 2000 -o data/pictures --verify none --overwrite
	@$(BIN)/warpsmith stats data/pictures --plots data/pictures-drawn >/dev/null
	@cd data/pictures-drawn && cp categories.svg coverage.svg people.svg ../../docs/figures/

scale: $(STAMP) ## measure jobs of a thousand to a hundred thousand kernels (half an hour); a million: benchmarks.scale 1000000
	@$(BIN)/python -m benchmarks.scale 1000 10000 100000 --save
	@$(BIN)/python -m benchmarks.scale 10000 --workers 1 --save
	@$(BIN)/python -m docs.make

profiles: $(STAMP) ## learn the profile that comes with warpsmith anew (needs mujoco_warp); bytes of data sets change
	@$(BIN)/python -c 'from importlib.util import find_spec; raise SystemExit(find_spec("mujoco_warp") is None)' || { echo \
		"make profiles needs mujoco_warp: install the group 'profiles' of pyproject.toml" >&2; exit 2; }
	@$(BIN)/warpsmith profile learn warp.examples mujoco_warp -o src/warpsmith/synth/profiles/realistic.json

launches: $(STAMP) ## launch 256 new kernels on the CPU, with bounds checks, and say what became of them
	@$(BIN)/python -m benchmarks.launches --debug --list

coverage: $(STAMP) ## generate 20,000 kernels for coverage into data/coverage and count what they cover
	@$(BIN)/warpsmith generate --profile coverage -n 20000 -o data/coverage --verify none --overwrite
	@$(BIN)/warpsmith stats data/coverage

docs: $(STAMP) ## write the tables and listings of docs/ that are made from code
	@$(BIN)/python -m docs.make

lock: $(STAMP) ## resolve all dependencies anew into requirements.lock (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: python3 -m pip install uv" >&2; exit 2; }
	@uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --upgrade --generate-hashes \
		--no-emit-index-url --quiet --custom-compile-command "make lock" --output-file requirements.lock

clean: ## remove .venv, caches and data/demo
	rm -rf $(VENV) $(VENV)-3.* data/demo build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(STAMP): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo \
		"$(PYTHON) is not here: make PYTHON=/path/to/python3.11" >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo \
		"warpsmith needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) -V 2>&1): make PYTHON=/path/to/python3.11" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo \
		"$(PYTHON) has no venv module: install it (on Debian and Ubuntu: apt install python3-venv)" >&2; exit 2; }
	@$(BIN)/python -c '' 2>/dev/null || { echo "making $(VENV) ..."; $(PYTHON) -m venv --clear $(VENV); }
	@echo "installing the locked dependencies ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
