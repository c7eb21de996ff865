# A thin door to Meson: every command that README names, and nothing else.
# `make help` lists them.

BUILD  := build
SAN    := $(BUILD)/sanitized
REL    := $(BUILD)/release
# Where tools/bootstrap.sh puts Node 20 and npm when the machine has none, and where Debian puts nginx, which is on root's PATH only.
export PATH := $(CURDIR)/$(BUILD)/node/bin:$(PATH):/usr/sbin

# Where `make demo` listens.
PORT   := 8443

.PHONY: all help tools tools-demo tools-test tools-lint demo test check one rules gate bench soak race fuzz lint clean

all: $(REL)/build.ninja          ## build the release binary
	@ninja -C $(REL) --quiet

help:                            ## list the commands
	@awk -F':.*## ' '/^[a-z]+:.*## /{sub(/ .*/,"",$$1); printf "make %-9s %s\n",$$1,$$2}' $(MAKEFILE_LIST)

tools:                           ## install what a bare Debian 12 lacks for all of these
	@tools/bootstrap.sh demo test lint

# Each command installs what it needs and no more.
tools-demo:
	@tools/bootstrap.sh demo
tools-test:
	@tools/bootstrap.sh demo test
tools-lint:
	@tools/bootstrap.sh demo test lint

$(SAN)/build.ninja: | tools-test
	@CC=gcc meson setup $(SAN) -Db_sanitize=address,undefined -Db_lundef=false >$(BUILD)-setup.log 2>&1 \
	  || { cat $(BUILD)-setup.log; exit 1; }; rm -f $(BUILD)-setup.log

$(REL)/build.ninja: | tools-demo
	@CC=gcc meson setup $(REL) --buildtype=release >$(BUILD)-setup.log 2>&1 \
	  || { cat $(BUILD)-setup.log; exit 1; }; rm -f $(BUILD)-setup.log

# A release build that was made for the demo has no tests yet.
$(REL)/tests: | $(REL)/build.ninja tools-test
	@meson setup --reconfigure $(REL) >$(BUILD)-setup.log 2>&1 || { cat $(BUILD)-setup.log; exit 1; }; rm -f $(BUILD)-setup.log

# Where editors look for it.
compile_commands.json: $(SAN)/build.ninja
	@ln -sf $(SAN)/compile_commands.json $@

demo: $(REL)/build.ninja         ## the whole system with invented people (PORT=8443); Ctrl-C ends it
	@tools/demo.py --build $(REL) --port $(PORT)

test: compile_commands.json $(REL)/tests ## every test, with sanitizers; what CI runs
	@tools/run_tests.py --sanitized $(SAN) --release $(REL)

check: compile_commands.json     ## unit tests and checks only, under 30 seconds
	@tools/run_tests.py --sanitized $(SAN) --suite unit --suite checks

one: compile_commands.json       ## one test: make one NAME=log_page, or some of its sentences: ONLY='a_guardian*'
	@tools/one_test.py '$(NAME)' $(if $(ONLY),'$(ONLY)')

rules: $(REL)/build.ninja        ## write the tables in docs/rules as the program prints them
	@ninja -C $(REL) --quiet stafettlogg
	@tools/print_rules.py $(REL)/stafettlogg

gate: $(SAN)/build.ninja $(REL)/tests ## the full accessibility gate on every page
	@tools/run_tests.py --sanitized $(SAN) --release $(REL) --suite gate

$(BUILD)/race/build.ninja: | tools-test
	@CC=gcc meson setup $(BUILD)/race -Db_sanitize=thread -Db_lundef=false >$(BUILD)-setup.log 2>&1 \
	  || { cat $(BUILD)-setup.log; exit 1; }; rm -f $(BUILD)-setup.log

race: $(BUILD)/race/build.ninja  ## a crowd at work, watched by the thread sanitizer (a minute)
	@ninja -C $(BUILD)/race --quiet stafettlogg
	@CROWD_SECONDS=20 TSAN_OPTIONS=suppressions=$(CURDIR)/tests/scenario/race.supp \
	  tests/scenario/crowd.py $(BUILD)/race/stafettlogg $(BUILD)/race/assets

bench: $(REL)/build.ninja        ## how fast it answers and what it needs (bench/README.md keeps the last figures)
	@bench/bench.py --build $(REL) --out bench/figures.md

soak: $(SAN)/build.ninja $(REL)/tests | tools-lint ## the long tests: 200 kills under load, restarts, fuzzing (half an hour)
	@tools/soak.py --sanitized $(SAN) --release $(REL) $(if $(ONLY),--only '$(ONLY)')

fuzz: $(SAN)/build.ninja | tools-lint ## fuzz every parser for a minute each (SECONDS_EACH=60)
	@tools/fuzz.sh $(BUILD)/fuzz

lint: $(SAN)/build.ninja | tools-lint ## clang-tidy, cppcheck, -fanalyzer, floors, banned calls
	@ninja -C $(SAN) --quiet
	@tools/lint.sh $(SAN)

clean:                           ## remove what was built
	@rm -rf $(BUILD) compile_commands.json
