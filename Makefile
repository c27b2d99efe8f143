# make demo   renders the seed report
# make test   runs the tests
# make test-all  runs every combination of the tests' large sets too, as .ci/run does
# make test-pythons  runs tests that need no other program with every other supported Python that is on this machine, as
#                    .ci/run does
# make wheelhouse  puts the library and all that it needs into wheelhouse/, to install where there is no network:
#                  pip install --no-index --find-links wheelhouse 'zfxxgk-annual-report[all]'
# make pictures  approves how the pages look now, and draws them for the docs
# make docs   builds the site, Chinese in site/ and English in site/en/, and checks its links
# make bench  measures speed and memory; docs/performance.md says what the figures mean
# make fuzz   attacks every reader, model, check and writer for SECONDS (an hour), then kills batches and breaks their machine
# make lint   runs formatter, linter, type checker and the check of imports between layers

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SECONDS ?= 3600
# One worker per core; a file's tests share what they start, so they stay together.
PYTEST := $(BIN)/python -m pytest -n auto --dist loadfile
# The tests that depend on the version of Python rather than on other programs.
PURE := tests/report/test_model.py tests/report/test_narrative.py tests/report/test_changes.py tests/test_loading.py tests/test_public_names.py tests/checks/test_relations.py tests/readers/test_json_text.py tests/analysis
DEMO := build/shizuishan-civil-affairs-2023.docx

.PHONY: demo test test-all test-pythons wheelhouse lint docs bench fuzz pictures clean

demo: $(VENV)/.installed
	@mkdir -p build
	@$(BIN)/annual-report render fixtures/shizuishan-civil-affairs-2023.json -o $(DEMO)
	@echo "$(CURDIR)/$(DEMO)"

test: $(VENV)/.test
	$(PYTEST) $(ARGS)

test-all: $(VENV)/.test
	$(PYTEST) -m '' $(ARGS)

test-pythons: $(BIN)/python
	@for python in $$($(BIN)/python .ci/pythons); do \
	  folder=build/pythons/$$(basename $$python); \
	  $$python -m venv $$folder && $$folder/bin/python -m pip install --quiet --disable-pip-version-check \
	    --editable '.[cli,read,excel,web]' $$($(BIN)/python .ci/group test hypothesis pandas pytest pytest-timeout pytest-xdist) && \
	  $$folder/bin/python -m pytest -n auto --dist loadfile $(PURE) $(ARGS) || exit 1; done

wheelhouse: $(BIN)/python
	@rm -rf wheelhouse
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --wheel-dir wheelhouse '.[all]'
	@echo "$(CURDIR)/wheelhouse"

lint: $(VENV)/.lint
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.bench
	cd benchmarks && ../$(BIN)/python imports.py && ../$(BIN)/python one_report.py && ../$(BIN)/python web_page.py && ../$(BIN)/python workbook.py && ../$(BIN)/python many_reports.py && ../$(BIN)/python tables.py && ../$(BIN)/python table_to_documents.py && ../$(BIN)/python read_word_html.py && ../$(BIN)/python read_pdf.py && ../$(BIN)/python many_files.py

fuzz: $(VENV)/.test
	$(BIN)/python tests/fuzz/campaign.py --seconds $(SECONDS)
	@if $(BIN)/python -c 'import atheris' 2>/dev/null; then \
	  $(BIN)/python tests/fuzz/guided.py json -max_total_time=$$(($(SECONDS) / 10)); fi
	$(BIN)/python tests/fuzz/kills.py
	$(BIN)/python tests/fuzz/faults.py

pictures: $(VENV)/.test
	$(BIN)/python tests/approve.py
	$(BIN)/python tests/approve_workbook.py
	$(BIN)/python tests/approve_styles.py
	$(BIN)/python tests/approve_serve.py
	$(BIN)/python tests/approve_overview.py

docs: $(VENV)/.docs
	$(BIN)/python docs/website/build.py

clean:
	rm -rf $(VENV) build site wheelhouse

$(BIN)/python:
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo '没有 venv 模块，请先安装 / the venv module is missing, install it first: apt-get install python3-venv' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(BIN)/python pyproject.toml hatch_build.py $(wildcard src/annual_report/locale/*/LC_MESSAGES/*.po)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[cli,read,excel,web]'
	@touch $@

$(VENV)/.test: $(VENV)/.installed .ci/group package.json
	@command -v npm >/dev/null && npm install --no-package-lock --no-audit --no-fund --silent || true
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check $$($(BIN)/python .ci/group test)
	@touch $@

$(VENV)/.lint: $(VENV)/.test
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check $$($(BIN)/python .ci/group lint)
	@touch $@

$(VENV)/.docs: $(VENV)/.test
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check $$($(BIN)/python .ci/group docs)
	@touch $@

$(VENV)/.bench: $(VENV)/.test
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check $$($(BIN)/python .ci/group bench)
	@touch $@
