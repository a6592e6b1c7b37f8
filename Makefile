# The two commands that matter: `make demo` and `make test`. Everything that is built goes to build/ and .venv/.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMPS := build/stamps

# The virtual environment's own cmake and ninja come first, where they had to be installed.
export PATH := $(CURDIR)/$(BIN):$(PATH)
# Real files and outputs of trusted implementations, which are not part of the project; tests that need them skip without.
export TOCSIN_SHARED ?= $(wildcard $(abspath ../shared))
export PIP_DISABLE_PIP_VERSION_CHECK := 1

PIP := $(BIN)/python -m pip install --quiet
# Where pip unpacked Eigen, JSON and zlib: C++ and Python builds use the same versions of them.
SITE = $(shell $(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')

PACKAGE_FILES := CMakeLists.txt pyproject.toml README.md LICENSE \
  $(shell find cmake cpp/include cpp/src cpp/data python -type f -not -path '*/__pycache__/*' 2>/dev/null)
CPP_FILES = $(shell find cpp python tests -name '*.cpp' -o -name '*.hpp')
NOTEBOOKS := $(wildcard notebooks/*.ipynb)

.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: demo test bench validate lint docs doctest stubs tutorial clean format asan tidy fuzz help \
  test-cpp test-python test-browser test-notebooks package-test system-packages

help:
	@echo "make demo          score the India-Pakistan example and write kashmir-2025.html"
	@echo "make test          everything: C++, Python, consumer project, notebooks, documentation, style"
	@echo "make test-cpp · test-python · test-browser · doctest · test-notebooks · package-test · asan · lint      one part of it"
	@echo "make docs          the notebooks, then the documentation: build/docs/index.html"
	@echo "make validate      what the numbers mean, held against other sources"
	@echo "make bench · format · stubs · tutorial · tidy · fuzz · clean"

demo: $(STAMPS)/package
	$(BIN)/tocsin demo

test: test-cpp test-python test-browser doctest package-test docs lint

# ---------------------------------------------------------------------------------------------------------- environment

$(STAMPS)/venv:
	@mkdir -p $(STAMPS)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "tocsin needs Python >= 3.11: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "to install what is missing, run: apt-get install -y python3-venv"; exit 1; }
	$(PIP) --upgrade 'pip>=25.1'
	@touch $@

# cmake and ninja come from PyPI where the system has none, or too old a one.
$(STAMPS)/build-tools: $(STAMPS)/venv pyproject.toml
	@command -v $${CXX:-c++} >/dev/null || { echo "to install what is missing, run: apt-get install -y g++"; exit 1; }
	@$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")' \
	  > $(STAMPS)/build-requirements.txt
	$(PIP) --requirement $(STAMPS)/build-requirements.txt
	@cmake -P cmake/CheckCMakeVersion.cmake >/dev/null 2>&1 || $(PIP) 'cmake>=3.25'
	@ninja --version >/dev/null 2>&1 || $(PIP) ninja
	@touch $@

# No build isolation, and a build folder that stays: what is unchanged is not compiled again.
$(STAMPS)/package: $(STAMPS)/build-tools $(PACKAGE_FILES)
	$(PIP) --no-build-isolation --config-settings=build-dir=build/wheel '.[plot,pandas]'
	@touch $@

$(STAMPS)/test-requirements: $(STAMPS)/venv pyproject.toml
	$(PIP) --group dev
	@touch $@

system-packages:
	@.ci/system-packages

# ------------------------------------------------------------------------------------------------------------------ C++

test-cpp: $(STAMPS)/build-tools system-packages
	cmake --preset dev -D CMAKE_PREFIX_PATH='$(SITE)'
	cmake --build --preset dev
	ctest --preset dev

asan: $(STAMPS)/build-tools system-packages
	cmake --preset asan -D CMAKE_PREFIX_PATH='$(SITE)'
	cmake --build --preset asan
	ctest --preset asan

tidy: $(STAMPS)/build-tools system-packages
	cmake --preset tidy -D CMAKE_PREFIX_PATH='$(SITE)'
	cmake --build --preset tidy

# Each target as long as this, two at a time; what they find goes to build/fuzz/found, and what they keep to build/fuzz/corpus.
FUZZ_SECONDS ?= 600
FUZZ_CXX ?= $(shell for name in clang++ clang++-19 clang++-16 clang++-14; do command -v $$name && break; done || echo clang++)
FUZZ_OPTIONS := -timeout=10 -rss_limit_mb=1024 -max_len=65536 -print_final_stats=1
FUZZ_TARGETS ?= $(notdir $(wildcard tests/fuzz/corpus/*))

fuzz: $(STAMPS)/build-tools
	cmake --preset fuzz -D CMAKE_CXX_COMPILER='$(FUZZ_CXX)' -D CMAKE_PREFIX_PATH='$(SITE)'
	cmake --build --preset fuzz
	@mkdir -p build/fuzz/found $(FUZZ_TARGETS:%=build/fuzz/corpus/%)
	@export ASAN_OPTIONS=quarantine_size_mb=16 UBSAN_OPTIONS=print_stacktrace=1; \
	printf '%s\n' $(FUZZ_TARGETS) | xargs -P 2 -I{} sh -c 'build/fuzz/tests/fuzz/fuzz_{} $(FUZZ_OPTIONS) \
	  -max_total_time=$(FUZZ_SECONDS) -artifact_prefix=build/fuzz/found/{}- build/fuzz/corpus/{} tests/fuzz/corpus/{} \
	  >build/fuzz/{}.log 2>&1 && echo "{}: clean" || { echo "{}: see build/fuzz/{}.log"; exit 1; }'

# A consumer sees the installed package and its public dependencies, nothing of this source tree.
package-test: test-cpp $(STAMPS)/package $(STAMPS)/test-requirements
	cmake --install build/dev --prefix build/prefix --component development >/dev/null
	cmake -S tests/package -B build/package -G Ninja \
	  -D CMAKE_PREFIX_PATH='$(CURDIR)/build/prefix' -D Eigen3_DIR='$(SITE)/cmeel.prefix/share/eigen3/cmake'
	cmake --build build/package
	$(BIN)/python tests/package/compare.py build/package/consumer

# --------------------------------------------------------------------------------------------------------------- Python

test-python: $(STAMPS)/package $(STAMPS)/test-requirements system-packages
	$(BIN)/python -m pytest

# The report and the charts in headless Chromium, that of the system.
test-browser: $(STAMPS)/package $(STAMPS)/test-requirements system-packages
	$(BIN)/python -m pytest tests/browser

# The examples in the docstrings must give what they say.
doctest: $(STAMPS)/package $(STAMPS)/test-requirements
	$(BIN)/python -m pytest --doctest-modules --pyargs tocsin

# What the stub of the core says of names, parameters and defaults is taken from the module that was built.
stubs: $(STAMPS)/package $(STAMPS)/test-requirements
	$(BIN)/python tools/stubs.py

# -------------------------------------------------------------------------------------------- notebooks, documentation

# Copies are run, and keep their output: the pages show it. A session of its own: the kernel's warnings are not ours to
# turn into errors. Charts come as drawings, because the pages have to work offline.
$(STAMPS)/notebooks: $(STAMPS)/package $(STAMPS)/test-requirements $(NOTEBOOKS) docs/chart_images.py
	@rm -rf build/notebooks build/ipython && mkdir -p build/ipython/profile_default/startup
	@cp -r notebooks build/notebooks && cp docs/chart_images.py build/ipython/profile_default/startup/
	IPYTHONDIR='$(CURDIR)/build/ipython' $(BIN)/python -m pytest --nbmake --nbmake-timeout=300 --overwrite \
	  --override-ini=filterwarnings=default $(NOTEBOOKS:%=build/%)
	@touch $@

test-notebooks: $(STAMPS)/notebooks

$(STAMPS)/docs-requirements: $(STAMPS)/venv pyproject.toml
	$(PIP) --group docs
	@touch $@

SITE_PAGES = docs CHANGELOG.md CONTRIBUTING.md CITATION.cff $(wildcard benchmarks/*.md)

docs: $(STAMPS)/notebooks $(STAMPS)/docs-requirements system-packages
	@rm -rf build/site build/docs && mkdir -p build/site
	@cp -r --parents $(SITE_PAGES) build/site && cp -r build/notebooks build/site
	$(BIN)/python tools/reference_pages.py build/site/docs/reference
	doxygen docs/Doxyfile
	$(BIN)/python -m sphinx -W --keep-going -q -j 2 -c docs build/site build/docs
	$(BIN)/python tools/check_site.py build/docs

# The commands of the tutorial, in an environment made for it, with the seconds that each takes.
tutorial: $(STAMPS)/venv
	$(BIN)/python tools/run_tutorial.py

# The event files stay in build/bench and are used again.
BENCH_MEGABYTES ?= 2048

$(STAMPS)/bench-requirements: $(STAMPS)/venv pyproject.toml
	$(PIP) --group bench
	@touch $@

bench: $(STAMPS)/package $(STAMPS)/bench-requirements
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/monitor.py
	$(BIN)/python benchmarks/change_point.py
	$(BIN)/python benchmarks/ears.py
	$(BIN)/python benchmarks/cross_excitation.py
	$(BIN)/python benchmarks/frames.py
	$(BIN)/python benchmarks/phase.py
	$(BIN)/python benchmarks/risk.py
	$(BIN)/python benchmarks/read_events.py build/bench --megabytes $(BENCH_MEGABYTES)

# Do the numbers mean anything? Tables of docs/validation.md, for the regions of the shared folder or for others:
# make validate REGIONS='caucasus=caucasus.csv.gz,cameo-1.1b3 gulf=gulf.csv.gz,weis,keds'
REGIONS ?=

validate: $(STAMPS)/package $(STAMPS)/test-requirements
	$(BIN)/python tools/validate.py $(REGIONS:%=--region %) --output build/validation.md

# ---------------------------------------------------------------------------------------------------------------- style

lint: $(STAMPS)/test-requirements
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/clang-format --dry-run --Werror $(CPP_FILES)

format: $(STAMPS)/test-requirements
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/clang-format -i $(CPP_FILES)

clean:
	rm -rf build dist $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
