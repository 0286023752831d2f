#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# packaging/setup on fake machines: what it calls, what it says, how it ends.
set -euo pipefail
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/fakes.sh"

setup=$repository/packaging/setup
for_build='g++ cmake ninja-build qt6-base-dev qt6-svg-dev qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools libqcustomplot-dev libsqlite3-dev nlohmann-json3-dev zlib1g-dev libssl-dev libpcre2-dev libisal-dev libssh-dev'
for_tests='xvfb xauth xdotool imagemagick fonts-dejavu-core openssh-server openssh-client clang-format-14 python3-jsonschema'

# machine USER-ID LACKS…: a Debian machine on which everything is installed but these.
machine() {
    new_machine
    fake id "echo $1"
    shift
    printf '%s\n' "$@" >"$scratch/lacks"
    # As the real one: prints what it knows, and fails when a name is unknown. What was removed but left its
    # configuration is known and not installed.
    fake dpkg-query "
        code=0
        for package in \"\${@:4}\"; do
            if [[ \$package == xauth ]] && grep -qx xauth $scratch/lacks; then echo \"config-files xauth\"; continue; fi
            if grep -qxF -- \"\$package\" $scratch/lacks; then echo \"no packages found matching \$package\" >&2; code=1
            else echo \"installed \$package\"; fi
        done
        exit \$code"
    fake apt-get 'echo "apt-get $* DEBIAN_FRONTEND=${DEBIAN_FRONTEND-}" >>"$CALLS"; echo "output of apt"'
}

machine 1000
on_machine "$setup"
expect 'nothing missing: exit code' "$code" 0
expect 'nothing missing: apt is not called' "$(<"$calls")" ''
expect 'nothing missing: silent' "$out$err" ''

machine 1000 xvfb
on_machine "$setup"
expect 'the build does not ask for what the tests need' "$code$(<"$calls")" 0

machine 0 libpcre2-dev
on_machine "$setup"
expect 'missing, root: exit code' "$code" 0
expect 'missing, root: calls' "$(<"$calls")" \
    'apt-get update -q DEBIAN_FRONTEND=
apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=600 libpcre2-dev DEBIAN_FRONTEND=noninteractive'
expect 'missing, root: nothing on stdout' "$out" ''

machine 0 xauth cmake
on_machine "$setup" --tests
expect_in 'missing, root, --tests: calls' "$(<"$calls")" ' cmake xauth DEBIAN'

# shellcheck disable=SC2086 # the lists are lists
machine 0 $for_build $for_tests
on_machine "$setup" --tests
expect_in 'everything missing' "$(<"$calls")" "Timeout=600 $for_build $for_tests DEBIAN"

# shellcheck disable=SC2086
machine 0 $for_tests clang libclang-rt-14-dev
on_machine "$setup" --fuzz
expect_in 'missing, root, --fuzz: calls' "$(<"$calls")" "Timeout=600 $for_tests clang libclang-rt-14-dev DEBIAN"
machine 0 xvfb clang
on_machine "$setup" --tests
expect_in 'the tests do not ask for what fuzzing needs' "$(<"$calls")" 'Timeout=600 xvfb DEBIAN'

machine 0 cmake
fake apt-get 'echo "apt-get $1" >>"$CALLS"; [[ $1 == update ]] || { echo "E: no network" >&2; exit 100; }'
on_machine "$setup"
expect 'apt fails: exit code' "$code" 3
expect_in 'apt fails: its message' "$err" 'E: no network'
expect_in 'apt fails: the command' "$err" 'apt-get install -y --no-install-recommends cmake'

machine 0 cmake
fake apt-get 'echo "apt-get $1" >>"$CALLS"
    [[ $1 == install ]] || (($(grep -c update "$CALLS") > 1)) || { echo "E: Could not get lock /x" >&2; exit 100; }'
on_machine "$setup"
expect 'the lists are locked: exit code' "$code" 0
expect 'the lists are locked: tried again' "$(tr '\n' ' ' <"$calls")" 'apt-get update apt-get update apt-get install '

machine 1000 cmake zlib1g-dev
on_machine "$setup"
expect 'plain user, no sudo: exit code' "$code" 3
expect 'plain user, no sudo: apt is not called' "$(<"$calls")" ''
expect_in 'plain user, no sudo: the command' "$err" '
apt-get update && apt-get install -y --no-install-recommends cmake zlib1g-dev'

sudo_runs='echo "sudo" >>"$CALLS"; exec "$@"'
machine 1000 cmake
fake sudo "$sudo_runs"
on_machine "$setup"
expect 'sudo, no terminal: exit code' "$code" 3
expect 'sudo, no terminal: nothing is called' "$(<"$calls")" ''
expect_in 'sudo, no terminal: the command' "$err" 'apt-get install -y --no-install-recommends cmake'

# script(1) gives the terminal.
terminal() {
    ln -sf "$(command -v script)" "$scratch/bin/script"
    code=0
    out=$(printf '%s\n' "$1" | env -i PATH="$scratch/bin" HOME="$scratch" SHELL="$BASH" CALLS="$calls" \
        script -qec "$setup" /dev/null) || code=$?
}
if command -v script >/dev/null; then
    for answer in y ''; do
        machine 1000 cmake
        fake sudo "$sudo_runs"
        terminal "$answer"
        expect "sudo, answer '$answer': exit code" "$code" 0
        expect_in "sudo, answer '$answer': the list" "$out" cmake
        expect "sudo, answer '$answer': calls" "$(<"$calls")" 'sudo
apt-get update -q DEBIAN_FRONTEND=
apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=600 cmake DEBIAN_FRONTEND=noninteractive'
    done
    machine 1000 cmake
    fake sudo "$sudo_runs"
    terminal n
    expect 'sudo, answer n: exit code' "$code" 3
    expect 'sudo, answer n: nothing is called' "$(<"$calls")" ''
    expect_in 'sudo, answer n: the command' "$out" 'apt-get install -y --no-install-recommends cmake'
fi

machine 1000
rm "$scratch/bin/dpkg-query"
on_machine "$setup"
expect 'not Debian: exit code' "$code" 3
expect_in 'not Debian: the list' "$err" "$for_build"

machine 1000
on_machine "$setup" --everything
expect 'wrong usage: exit code' "$code" 1

finish
