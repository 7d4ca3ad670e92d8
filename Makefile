# Everything a newcomer types. Each command does its own set-up.
.PHONY: run stop test check bench demo-reset
PYTHON := .venv/bin/python

run: ## set up, start database, web and worker, print one address; Ctrl-C stops all of it
	@deploy/bootstrap.sh run
	@exec $(PYTHON) -m operations run

stop: ## stop what runs in this clone
	@$(PYTHON) -m operations stop

test: ## set up, run every test, browser journeys included
	@deploy/bootstrap.sh dev
	@deploy/bootstrap.sh browser
	@deploy/test.sh

check: ## formatting, lint, types, import contracts, architecture tests
	@deploy/bootstrap.sh dev
	@deploy/check.sh

bench: ## measure, and keep the results in bench/
	@deploy/bootstrap.sh dev
	@deploy/bootstrap.sh bench
	@exec $(PYTHON) -m bench

demo-reset: ## throw the embedded database away and load the demonstration alliance anew
	@deploy/bootstrap.sh run
	@ANSO_DEMONSTRATION=true $(PYTHON) -m operations demo-reset
