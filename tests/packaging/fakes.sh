# shellcheck shell=bash disable=SC2034 # what is set here is used by the tests
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced by the tests of this folder: a machine of fakes. PATH holds the harmless tools named here and the fakes
# that a test adds, nothing else, so that no test can touch the real apt, sudo or display.

repository=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd -P)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
calls=$scratch/calls # each fake that matters notes its call here
failures=0
checks=0

# new_machine: an empty machine with ordinary tools only.
new_machine() {
    rm -rf "${scratch:?}/bin"
    mkdir "$scratch/bin"
    : >"$calls"
    local tool
    for tool in bash sh env cat sed grep tr tail head tee mktemp rm mkdir sleep dirname basename readlink locale nproc \
        timeout; do
        ln -s "$(command -v "$tool")" "$scratch/bin/$tool"
    done
}

# fake NAME SCRIPT: puts a program on the machine.
fake() {
    printf '#!%s\n%s\n' "$BASH" "$2" >"$scratch/bin/$1"
    chmod +x "$scratch/bin/$1"
}

# on_machine COMMAND…: runs it there; sets code, out and err.
on_machine() {
    code=0
    env -i PATH="$scratch/bin" HOME="$scratch" LC_ALL=C.UTF-8 CALLS="$calls" "$@" \
        >"$scratch/out" 2>"$scratch/err" </dev/null || code=$?
    out=$(<"$scratch/out")
    err=$(<"$scratch/err")
}

# expect WHAT GOT WANTED
expect() {
    checks=$((checks + 1))
    if [[ $2 != "$3" ]]; then
        printf 'FAIL: %s\n  got:    %s\n  wanted: %s\n' "$1" "$2" "$3"
        failures=$((failures + 1))
    fi
}

# expect_in WHAT TEXT PART
expect_in() {
    checks=$((checks + 1))
    if [[ $2 != *"$3"* ]]; then
        printf 'FAIL: %s\n  got:            %s\n  should contain: %s\n' "$1" "$2" "$3"
        failures=$((failures + 1))
    fi
}

# ends the test
finish() {
    printf '%d checks, %d failures\n' "$checks" "$failures"
    ((failures == 0))
}
