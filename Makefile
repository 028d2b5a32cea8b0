# Five commands, the same for a reader, a contributor and CI. Each sets up what it needs.
#   make chat [ARTICLES=DIR] [PORT=7860]   the page; adds the folder first
#   make chat GPU=cuda|metal|vulkan        the same, llama.cpp compiled for a GPU
#   make test                              every test, with the real models and a real browser
#   make test-fast                         those that need neither
#   make check                             format, lint, types
#   make bench                             what a reader waits for, beside LangChain's retrieval chain and at the page
#   make bench-page                        the page alone: its start, the first evidence, its memory and the server's
#   make bench-peers [SET=DIR]             answers, citations, refusals and times, beside four programs of the kind
#   make bench-large [SIZES="10000 100000"]  searching in large libraries of made articles; 1000000 takes a quarter of an hour; then the memory that large files take and the time that a folder of 10,000 does
#   make setup                             the environment, the models and their speed here, nothing else

ARTICLES ?=
PORT ?= 7860
GPU ?=
SET ?= ../shared/xquad-dev
SIZES ?= 10000 100000
BIN := .venv/bin
export HF_HUB_OFFLINE := 1
export GRADIO_ANALYTICS_ENABLED := False

.PHONY: setup chat test test-fast check bench bench-page bench-peers bench-large browser

READY := .venv/ready$(GPU:%=-%)

setup: $(READY)
	@$(BIN)/byline models fetch
	@$(BIN)/byline doctor --once

$(READY): pyproject.toml models.txt .ci/constraints.txt .ci/setup
	@GPU=$(GPU) .ci/setup
	@touch $@

chat: setup
	@$(BIN)/byline chat --port $(PORT) $(ARTICLES)

test: setup browser
	$(BIN)/pytest

test-fast: setup
	$(BIN)/pytest -n auto --maxprocesses 4 --dist worksteal -m "not models and not browser"

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: bench-page .venv-peers/ready
	$(BIN)/python tests/bench/bench.py
	$(BIN)/python tests/bench/bench_adding.py $(SET)/articles

bench-page: setup browser
	$(BIN)/python tests/bench/bench_page.py

bench-peers: setup .venv-peers/ready
	for model in 0.5b 1.5b; do \
	    $(BIN)/python tests/bench/bench_peers.py --model $$model --articles $(SET)/articles --questions $(SET)/questions.jsonl; \
	done

bench-large: setup
	$(BIN)/python tests/bench/bench_large.py $(SIZES)
	$(BIN)/python tests/bench/bench_large_files.py --counted
	$(BIN)/python tests/bench/bench_folder.py

.venv-peers/ready: tests/bench/peers-requirements.txt .ci/setup
	@.ci/setup peers
	@touch $@

browser:
	@.ci/browser
