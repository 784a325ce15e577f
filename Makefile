# From published figures to a verdict for each statement. `make` does all of it; `make help` lists the rest.
#
# A recipe runs one notebook. It runs when the content of a file that its last run read or wrote has changed: the hashes
# stand in build/<scenario>/<notebook>.sha256, the files in <notebook>.d, both observed while the notebook ran.

SCENARIO ?= default
ifneq ($(filter microdata,$(MAKECMDGOALS)),)
override SCENARIO := microdata
endif
PYTHON   ?= python3
VENV     ?= .venv
WARM     ?= 1

clean_stage      := 10_clean_workforce 11_clean_working_life 12_clean_social_sector 13_clean_distress 14_clean_situation \
                    15_clean_comparators
model_stage      := 19_coverage 20_cadre_share 21_comparators 22_managers 23_receipts 24_origins_and_dates 25_distress \
                    26_departures 27_work_and_tools 28_sector_cadres 29_sector_establishments 30_cadres_in_france \
                    31_funding_and_growth 32_reform_dates $(if $(filter microdata,$(SCENARIO)),33_microdata)
multiverse_stage := 80_multiverse 81_specification_curves
ledger_stage     := 90_ledger
notebooks        := $(strip $(clean_stage) $(model_stage) $(multiverse_stage) $(ledger_stage))

# One moment for everything that would write a date: 1 January 2025.
export SOURCE_DATE_EPOCH := 1735689600
export PYTHONPATH := $(CURDIR)/src
export PYTHONHASHSEED := 0
export LC_ALL := C.UTF-8
export TZ := UTC
# The clone belongs to this process as long as it lives, and so does the host that kernels are forked from; WARM=0 starts each anew.
export COMPENDIUM_MAKE := $(shell echo $$PPID)
export COMPENDIUM_WARM := $(WARM)

MAKEFLAGS += --no-builtin-rules --no-builtin-variables --no-print-directory
.SUFFIXES:
.DEFAULT_GOAL := all

ifeq ($(filter output-sync,$(.FEATURES)),)
$(error GNU make 4.3 or later is needed, and this is $(MAKE_VERSION): install it as the package 'make' (Debian) or 'gmake' (Homebrew))
endif
scenarios := $(patsubst parameters/%.yaml,%,$(wildcard parameters/*.yaml))
ifneq ($(words $(SCENARIO))/$(filter-out $(scenarios),$(SCENARIO)),1/)
$(error there is no parameters/$(SCENARIO).yaml; the scenarios are: $(scenarios))
endif
A ?= default
ifneq ($(filter compare,$(MAKECMDGOALS)),)
ifneq ($(words $(A) $(B))/$(filter-out $(scenarios),$(A) $(B)),2/)
$(error compare two scenarios, such as A=default B=mine; the scenarios are: $(scenarios))
endif
endif

build   := build/$(SCENARIO)
outputs := $(if $(filter default,$(SCENARIO)),,$(build)/)results
site    := $(if $(filter default,$(SCENARIO)),build/site,$(build)/report)
PORT    ?= 8000
python  := $(VENV)/bin/python
lock    := $(firstword $(shell sha256sum requirements.lock))
ready   := $(VENV)/installed-$(lock)
runner  := $(python) -m compendium.runner
context := --scenario $(SCENARIO) --notebooks "$(notebooks)"
started := $(shell date +%s.%N)

# One look at all that was read and written: where every file is as the runs left it, no recipe has to look for itself.
looked_at := $(patsubst %,$(build)/%.sha256,$(notebooks) multiverse) $(addprefix $(build)/,checked decided manifest)
same      := sort -u $(looked_at) | split --number=r/2 --filter='sha256sum --check --status' 2>/dev/null
changed   := $(if $(filter-out $(wildcard $(looked_at)),$(looked_at)),FORCE,$(shell $(same) || echo FORCE))

.PHONY: all results site microdata read serve test test-exhaustive coverage lint to-do compare diff add-observation add-claim data-package documents contact-sheet crate release lab list multiverse why help clean distclean verify FORCE $(notebooks)

all: results $(if $(filter default,$(SCENARIO)),site) ## set up, run every notebook, show the ledger, build the site

results: $(build)/summary ## the same without the site
	@cat $<
	@echo "$(outputs)/ledger.csv is the ledger; figures and tables stand beside it ($$(echo $(started) $$(date +%s.%N) | awk '{printf "%.1f", $$2 - $$1}') s)"

$(build)/summary: $(build)/manifest src/compendium/runner/summary.py
	@$(runner) summary --scenario $(SCENARIO) && touch $@

# The site is built anew when a page, a template, a module, the data, the version or a result has changed, appeared or gone.
site: results ## the report as a static site; for a scenario: make site SCENARIO=name
	@{ find docs src/compendium data/raw parameters -type f -not -path '*/__pycache__/*' | sort; ls $(build)/*.sha256; } | tr '\n' '\0' | xargs -0 sha256sum requirements.lock pyproject.toml CONTRIBUTING.md > $(build)/site.now
	@test -e $(site)/index.html && cmp -s $(build)/site.now $(build)/site.made || { $(runner) site --scenario $(SCENARIO) && mv $(build)/site.now $(build)/site.made; }
	@echo "$(site)/index.html is the report; 'make serve' shows it on this machine only"

# The file is read first; FILE and YEAR reach the program as they are, in the environment.
microdata: site ## shares of cadres from a file of Insee's, beside the comparators: make microdata FILE=path [YEAR=2016]

ifneq ($(filter microdata,$(MAKECMDGOALS)),)
$(build)/checked: read
endif

read: $(ready)
	@$(runner) microdata

serve: site ## the site on the loopback address, until Ctrl-C
	@! grep -qsx $(COMPENDIUM_MAKE) build/home/make.$(SCENARIO) || rm build/home/make.$(SCENARIO) # showing the site keeps no other make waiting
	@$(python) -m http.server --bind 127.0.0.1 --directory $(site) $(PORT)

$(notebooks): %: $(build)/%.ipynb ## one notebook and what it needs

# The stages, in order. What each notebook really read is in its fragment, included below.
$(model_stage:%=$(build)/%.ipynb): $(clean_stage:%=$(build)/%.ipynb)
$(multiverse_stage:%=$(build)/%.ipynb): $(outputs)/multiverse/universes.csv
$(ledger_stage:%=$(build)/%.ipynb): $(multiverse_stage:%=$(build)/%.ipynb)

# Every universe in one table. As with a notebook, it comes to the results only on success: when all that estimates by the
# same functions has come to its end.
$(build)/multiverse.sha256: $(clean_stage:%=$(build)/%.ipynb) $(changed)
	@sha256sum --check --status $@ 2>/dev/null || $(runner) multiverse --scenario $(SCENARIO)

$(outputs)/multiverse/universes.csv: $(build)/multiverse.sha256 $(model_stage:%=$(build)/%.ipynb) $(changed)
	@$(publish_universes)

publish_universes = cmp -s $(build)/universes.csv $(outputs)/multiverse/universes.csv || \
	{ mkdir -p $(outputs)/multiverse && cp $(build)/universes.csv $(build)/.universes.csv && mv $(build)/.universes.csv $(outputs)/multiverse/universes.csv; }

$(notebooks:%=$(build)/%.ipynb): $(build)/%.ipynb: $(build)/decided $(changed)
	@sha256sum --check --status $(@:.ipynb=.sha256) 2>/dev/null || $(runner) run $* $(context)

# The hashes of a notebook change only when something it read or wrote did.
$(notebooks:%=$(build)/%.sha256): %.sha256: %.ipynb
	@:

# All universes take long and wait for the clean stage alone: they come first, beside the notebooks that model. Only the
# default scenario has a manifest; its hash stands here.
$(build)/manifest: $(build)/multiverse.sha256 $(notebooks:%=$(build)/%.sha256) $(changed)
	@$(if $(filter default,$(SCENARIO)),$(runner) manifest $(context) && sha256sum results/MANIFEST.json,:) > $@.now && mv $@.now $@

# Raw data and parameters are checked before anything starts.
$(build)/checked: $(ready) $(changed)
	@sha256sum --check --status $@ 2>/dev/null || $(runner) check $(context)

# So are the decisions, apart: a changed function does not bear on them.
$(build)/decided: $(build)/checked $(changed)
	@sha256sum --check --status $@ 2>/dev/null || $(runner) decisions --scenario $(SCENARIO)

# The environment: renewed when the lock changes, and never otherwise. Every package is checked against its hash. A make that
# comes while another sets up waits; one that comes while another runs on the older lock is refused.
$(ready):
	@command -v git >/dev/null || { echo "git is needed: install the package 'git'" >&2; exit 1; }
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or later is needed: install the package 'python3', or name one with PYTHON=" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed, and $(PYTHON) is older: name another with PYTHON=" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv is needed: install the package 'python3-venv'" >&2; exit 1; }
	@test -e $(VENV)/.compendium -o -z "$$(ls -A $(VENV) 2>/dev/null)" || { echo "$(VENV) exists and is not this project's: move it away, or name another with VENV=" >&2; exit 1; }
	@for file in build/home/make.*; do test -e "$$file" || continue; read -r other < "$$file" || test "$$other" || continue; \
	    test "$$other" = $(COMPENDIUM_MAKE) || ! kill -0 "$$other" 2>/dev/null || { echo "another make (process $$other) is at work in this clone: wait until it has ended (if it is no make, delete $$file)" >&2; exit 1; }; done
	@mkdir -p $(VENV) && exec 9>> $(VENV)/.compendium && \
	    { ! command -v flock >/dev/null || flock --nonblock 9 || { echo "Another make sets up $(VENV): waiting"; flock 9; }; } && \
	    { test -e $@ || { echo "Setting up $(VENV), once: about a minute" && $(set_up) && touch $@; }; }

set_up = find $(VENV)/ -mindepth 1 ! -name .compendium -delete && $(PYTHON) -m venv $(VENV) && \
	$(python) -m pip install -qq --disable-pip-version-check --no-cache-dir --require-hashes --no-deps -r requirements.lock && \
	$(python) -c 'import os, site; open(site.getsitepackages()[0] + "/compendium.pth", "w").write(os.environ["PYTHONPATH"] + "\n")'

test: all lint ## set up and run the tests
	@$(python) -m pytest --numprocesses 2 --dist loadfile

test-exhaustive: all ## the long tests; renews docs/measured.md
	@MEASURED=1 $(python) -m pytest -m exhaustive

coverage: $(ready) ## simulate: do bounds and intervals hold the truth? writes benchmarks/coverage.csv
	@$(python) benchmarks/simulations.py

lint: $(ready) ## notebooks without outputs, style, types, nothing left to do
	@$(python) -m nbstripout --keep-id --verify notebooks/*.ipynb docs/teach/*.ipynb
	@$(python) -m ruff check --quiet .
	@$(python) -m ruff format --quiet --check .
	@$(python) -m mypy
	@$(runner) to-do

compare: $(ready) ## what moves between two scenarios: make compare A=default B=name
	@for scenario in $(A) $(B); do $(MAKE) SCENARIO=$$scenario build/$$scenario/manifest || exit 1; done
	@$(runner) compare $(A) $(B)

# What was given on the command line stands in the environment of a recipe; the names say what.
given = $(filter-out A B PORT PYTHON SCENARIO VENV WARM,$(foreach name,$(.VARIABLES),$(if $(filter command,$(origin $(name))),$(name))))

add-observation: $(ready) ## add a published figure, or correct one: see docs/add-a-figure.md
	@$(runner) add-observation $(given)

add-claim: $(ready) ## a new statement with its rule and notebook to fill in: see docs/add-a-claim.md
	@$(runner) add-claim $(given)

to-do: $(ready) ## what is left to do before a new statement has its verdict
	@$(runner) to-do

verify: $(ready) ## run everything from nothing in a folder of its own and compare with the last commit
	@$(runner) verify

data-package: $(ready) ## renew data/raw/datapackage.json after a deliberate change, and say what changed
	@$(runner) data-package

documents: all ## renew the codebook and the computed parts of the READMEs
	@$(runner) documents

contact-sheet: all ## every figure on one page, in colour and in grey
	@$(runner) contact-sheet

multiverse: $(model_stage:%=$(build)/%.ipynb) ## every universe in a table; DECISIONS=file takes your own, SCHEDULER=tcp://host:port a Dask cluster
	@$(runner) multiverse --scenario $(SCENARIO) --decisions "$(DECISIONS)" --scheduler "$(SCHEDULER)"
	@test -n "$(DECISIONS)" || $(publish_universes)

crate: results ## the run as a research object: inputs, code, parameters, outputs, versions, licences
	@$(runner) crate

release: all crate ## make release VERSION=0.1.0: one archive of source, data, results, site and crate, to deposit
	@$(runner) release --version '$(VERSION)'

diff: results ## which verdicts and numbers moved against the last commit, from what to what
	@$(runner) diff --scenario $(SCENARIO)

# In a clone, git leaves the outputs of notebooks out of what is committed (.gitattributes names the filter, this says what it is).
lab: $(ready) ## JupyterLab with the project's kernel, on this machine only
	@! test -e .git || git config filter.nbstripout.clean '"$(abspath $(python))" -m nbstripout --keep-id'
	@JUPYTER_PREFER_ENV_PATH=1 $(python) -m jupyterlab --ServerApp.ip=127.0.0.1 --ServerApp.root_dir="$(CURDIR)" \
	    --LabApp.default_url=/lab/tree/notebooks $(if $(filter 0,$(shell id -u)),--allow-root)

list: $(ready) ## the parameters with unit, bounds and meaning
	@$(runner) list

why: $(ready) ## which notebooks will run at the next make, and which file is the reason
	@$(runner) why $(context)

help: ## this list
	@sed -n 's/^\([a-z$$()-]*\):.*## /\1\t/p' $(firstword $(MAKEFILE_LIST)) | sed 's/^$$(notebooks)/NOTEBOOK/' | while IFS="$$(printf '\t')" read -r target text; do printf '  make %-16s %s\n' "$$target" "$$text"; done
	@echo "  NOTEBOOK is one of: $(notebooks)"
	@echo "  SCENARIO=name lays parameters/name.yaml over the defaults; VENV=path keeps the environment elsewhere"
	@echo "  WARM=0 starts every kernel anew instead of forking it from one that has imported the libraries"

clean: ## remove build/: the next make runs every notebook
	@rm -rf build

distclean: clean ## remove the environment and all caches too
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find src tests notebooks -name __pycache__ -o -name .ipynb_checkpoints | xargs rm -rf

FORCE:
-include $(notebooks:%=$(build)/%.d)
