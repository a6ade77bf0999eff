# The front door: installs what is missing (packages.txt), then calls Meson and the scripts that do
# the work.  Nothing is built here.
DATA ?= data
LISTEN ?= 127.0.0.1:8080
ROWS ?= 10000
SECONDS ?= 30

help:
	@echo "make run       build, make the demonstration town in $(DATA)/ if there is none, serve it"
	@echo "make test      install what the tests need, build, run everything: N passed, N failed"
	@echo "make quick     build and run the unit tests on SQLite"
	@echo "make check     linters and the house's own rules"
	@echo "make asan      unit tests with AddressSanitizer and UBSan;  make tsan: lanes and loops"
	@echo "make test-citus  the unit tests, a dead worker and a new one on a real Citus, where one is installed"
	@echo "make fuzz      each fuzzer for SECONDS=$(SECONDS)"
	@echo "make bench     measures beside comparators (ROWS=$(ROWS));  make soak: hours of load"
	@echo "make clean     remove what was built; data/ stays"

# --- people ---
run: build/.for-run
	@tools/build.sh build
	@exec tools/run.sh build/heqing "$(DATA)" "$(LISTEN)"

test: build/.for-test
	@exec tests/run.sh

# --- builders ---
build: build/.for-run
	@tools/build.sh build

quick: build/.for-test
	@tools/build.sh build
	@exec tests/units.sh build

check: build/.for-test
	@tools/build.sh build
	@exec tools/check.sh build

asan: build/.for-test
	@exec tests/asan.sh

tsan: build/.for-test
	@exec tests/tsan.sh

test-citus: build/.for-test
	@tools/build.sh build
	@exec tests/citus.sh build

fuzz: build/.for-test
	@exec tests/fuzz/run.sh $(SECONDS)

bench: build/.for-test
	@exec python3 tests/bench/run.py $(ROWS)

soak: build/.for-test
	@exec tests/bench/soak.sh $(SECONDS)

clean:
	rm -rf build build-asan build-tsan build-fuzz build-bench

# What was installed once for this list is not looked for again.
build/.for-run: packages.txt
	@tools/packages.sh run build && mkdir -p build && touch $@

build/.for-test: packages.txt
	@tools/packages.sh run build test && mkdir -p build && touch $@ build/.for-run

.PHONY: help run test build quick check asan tsan test-citus fuzz bench soak clean
