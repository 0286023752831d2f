#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# packaging/run with fake programs in place of the built ones: when it opens the window, when it prints instead,
# what it passes on, how it ends.
set -euo pipefail
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/fakes.sh"

clone="$scratch/a clone"
work="$scratch/a place"
sample="$clone/resources/sample/decode_hostbound.json.gz"

# machine: a clone whose setup and build succeed at once, and programs that note their calls.
# DISPLAY :good works, :dead aborts.
machine() {
    new_machine
    rm -rf "$clone" "$work"
    mkdir -p "$clone"/{packaging,resources/sample,build/release} "$work"
    cp "$repository"/packaging/{run,build} "$clone/packaging"
    touch "$work/good.sqlite" "$work/withheld.sqlite" "$work/broken.sqlite" "$sample"
    printf '#!%s\n' "$BASH" >"$clone/packaging/setup"
    chmod +x "$clone/packaging/setup"
    fake cmake 'echo "cmake $*" >>"$CALLS"; echo "[1/2] some output"'
    ln -s "$scratch/bin" "$clone/build/release/app"
    fake stepscope 'echo "stepscope [$QT_QPA_PLATFORM] $*" >>"$CALLS"
        case $1 in
            --check-display) [[ $DISPLAY == :dead ]] && kill -ABRT $$; [[ $DISPLAY == :good ]] ;;
            --report) mkdir -p "$2" && [[ $3 != *withheld* ]] || exit 2 ;;
        esac'
    fake stepscope-cli 'echo "stepscope-cli $*" >>"$CALLS"
        case $2 in
            *broken*) echo "$2 is not a trace" >&2; exit 1 ;;
            *withheld*) echo "the budget, no verdict"; exit 2 ;;
        esac
        echo "the budget and the verdict"'
}

run() { on_machine "$@"; }
without_build() { grep -v '^cmake' "$calls" || true; }

cd "$scratch"
machine
cd "$work"
run "$clone/packaging/run" good.sqlite
expect 'no display: exit code' "$code" 0
expect 'no display: calls' "$(without_build)" "stepscope-cli budget $work/good.sqlite
stepscope [offscreen] --report ./stepscope-report $work/good.sqlite"
expect 'no display: stdout is the budget alone' "$out" 'the budget and the verdict'
expect_in 'no display: why' "$err" 'there is no display'
expect 'no display: the report is here' "$([[ -d $work/stepscope-report ]] && echo yes)" yes
expect 'what is built' "$(grep '^cmake' "$calls")" "cmake --preset release
cmake --build $clone/build/release --parallel $(nproc) --target stepscope stepscope-cli"

: >"$calls"
run "$clone/packaging/run"
expect 'no display, no trace: exit code' "$code" 0
expect_in 'no display, no trace: the sample' "$(<"$calls")" "stepscope-cli budget $sample"

: >"$calls"
run "$clone/packaging/run" withheld.sqlite
expect 'the verdict is withheld: exit code' "$code" 0
expect_in 'the verdict is withheld: report' "$(<"$calls")" "--report ./stepscope-report $work/withheld.sqlite"

: >"$calls"
run "$clone/packaging/run" broken.sqlite
expect 'unreadable trace: exit code' "$code" 1
expect_in 'unreadable trace: message' "$err" "$work/broken.sqlite is not a trace"

: >"$calls"
run "$clone/packaging/run" broken.sqlite "$work/good.sqlite"
expect 'one of two unreadable: exit code' "$code" 1
expect_in 'one of two unreadable: the other is reported' "$(<"$calls")" \
    "--report ./stepscope-report/2-good.sqlite $work/good.sqlite"

: >"$calls"
run "$clone/packaging/run" nowhere.sqlite
expect 'no such trace: exit code' "$code" 1
expect 'no such trace: nothing is built' "$(<"$calls")" ''

: >"$calls"
run env DISPLAY=:good "$clone/packaging/run" good.sqlite ../"a place"/withheld.sqlite
expect 'a display: exit code' "$code" 0
expect 'a display: calls' "$(without_build)" "stepscope [wayland;xcb;offscreen] --check-display
stepscope [wayland;xcb;offscreen] $work/good.sqlite $work/../a place/withheld.sqlite"
expect 'a display: no report' "$(grep -- --report "$calls" || true)" ''

: >"$calls"
run env DISPLAY=:good QT_QPA_PLATFORM=xcb "$clone/packaging/run"
expect_in 'a platform of the caller: kept' "$(<"$calls")" "stepscope [xcb] $sample"

: >"$calls"
run env DISPLAY=:dead "$clone/packaging/run" good.sqlite
expect 'a dead display: exit code' "$code" 0
expect_in 'a dead display: why' "$err" "no window can be opened with DISPLAY=':dead'"
expect_in 'a dead display: report' "$(<"$calls")" "stepscope [offscreen] --report ./stepscope-report $work/good.sqlite"

: >"$calls"
ln -sf "$clone/packaging/run" "$scratch/bin/link-to-run"
run link-to-run good.sqlite
expect 'through a link: exit code' "$code" 0

fake cmake '[[ $1 == --preset ]] || { echo "x.cpp:1: error: no such thing"; exit 1; }'
run "$clone/packaging/run" good.sqlite
expect 'the build fails: exit code' "$code" 1
expect_in 'the build fails: its end' "$err" 'x.cpp:1: error: no such thing'
expect_in 'the build fails: its log' "$err" "$clone/build/release.log"

printf '#!%s\nexit 3\n' "$BASH" >"$clone/packaging/setup"
run "$clone/packaging/run" good.sqlite
expect 'packages missing: exit code' "$code" 3

run "$clone/packaging/run" --verbose
expect 'wrong usage: exit code' "$code" 1

cd "$scratch"
finish
