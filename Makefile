# The common jobs. `make demo`, `make test`, `make bench` and `make windows` install what this machine lacks, by name.
#
#   make demo       build everything; two programs chat; how to try it by hand
#   make test       every check and test
#   make bench      how fast it is, next to what the machine can do at best; some minutes
#   make windows    ImSDK.dll, in a zip for Windows developers: build/windows/imsdk-….zip
#   make install    library, headers, CMake and pkg-config files into PREFIX (/usr/local)
#   make clean

PREFIX ?= /usr/local
ROUNDS ?= 2
STAGE  := $(CURDIR)/build/stage
BUILD  := $(CURDIR)/build/examples

# Beside the kind of library that Rust programs link, cargo leaves link-time optimization out.
COMPILE := cargo rustc --release --lib --crate-type cdylib,staticlib

MAKEFLAGS += --no-print-directory

.PHONY: demo test bench windows windows-test library examples lint unit package deny install clean

demo: examples
	scripts/demo.sh build/examples/chat

# Cheap checks first.
test:
	scripts/need.sh checks
	$(MAKE) lint
	$(MAKE) unit
	$(MAKE) package
	$(MAKE) deny
	$(MAKE) windows-test

# ROUNDS=5 for figures to compare; ONLY='send|call' for some of them (benches/run.sh says more).
bench:
	scripts/need.sh bench
	benches/run.sh $(ROUNDS)
	benches/server.sh $(ROUNDS)
	cargo bench --bench scale
	cargo bench --bench parts

windows:
	scripts/need.sh windows
	scripts/windows.sh build

# Under Wine. Last of all tests, so that nobody overlooks what it says where there is none.
windows-test:
	scripts/need.sh checks
	scripts/need.sh windows-test
	$(MAKE) library
	scripts/windows.sh build
	scripts/windows.sh test

library:
	$(COMPILE)
	scripts/install.sh $(STAGE)

examples:
	scripts/need.sh
	$(MAKE) library
	cmake -S c_examples -B $(BUILD) -DCMAKE_PREFIX_PATH=$(STAGE)
	cmake --build $(BUILD)

lint:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps

# The client's scenarios run where services run: inside the library, with answers that come later, on a server with SQLite, on one with
# PostgreSQL, on three with NATS and a bucket. IMSDK_TEST_BACKEND=cluster is the last one with a shared disk in place of the bucket.
# They are chosen from the workspace: for -p alone, cargo would build all that they need again, with fewer features.
SCENARIOS := $(patsubst crates/client/tests/%.rs,--test %,$(wildcard crates/client/tests/*.rs))
unit:
	cargo test --workspace
	for backend in deferred server postgres s3; do IMSDK_TEST_BACKEND=$$backend cargo test --workspace $(SCENARIOS) || exit; done

package: examples
	scripts/check-package.sh $(STAGE) $(BUILD)

# Licences, sources and doubled crates; advisories need a database that is not everywhere in reach.
deny:
	cargo deny --workspace check licenses bans sources

# Where root has no cargo, what `make library` built is installed.
install:
	if command -v cargo >/dev/null; then $(COMPILE); fi
	scripts/install.sh "$(PREFIX)"

clean:
	cargo clean
	rm -rf build
