#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Proves that checkfolders.sh fails on a README that names a folder which is not there, or keeps one to itself.
set -euo pipefail

check=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/checkfolders.sh
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failures=0

right_tree() {
    rm -rf "${tree:?}"/*
    mkdir -p "$tree"/{core/{base,trace},widgets/theme,packaging}
    touch "$tree"/{core/base/time.h,core/trace/trace.h,widgets/theme/palette.h,packaging/run}
    printf '%s\n' 'Run `packaging/run`; the report goes to `./stepscope-report/`, or to /tmp/x/. `busy/idle`, `a/b`.' \
        '| `core/` | what it means |' '```' 'packaging/run' '```' >"$tree/README.md"
    printf '%s\n' '| base/ | words |' '| `core/trace` | rows, see `core/base/time.h` |' >"$tree/core/README.md"
    printf '%s\n' '- `theme/`: colours, over `core/`' >"$tree/widgets/README.md"
}

# expect TEXT WHAT: what the check prints, empty when it passes.
expect() {
    local output code=0
    output=$("$check" "$tree") || code=$?
    if [[ $output != "$1" ]] || { [[ $1 ]] && ((code != 1)); } || { [[ ! $1 ]] && ((code != 0)); }; then
        printf 'FAIL: %s: exit %s, printed: %s\n' "$2" "$code" "$output"
        failures=$((failures + 1))
    fi
}

right_tree
expect '' 'a true tree'

printf '%s\n' 'See `core/lod/`.' >>"$tree/README.md"
expect 'README.md:6: there is no folder core/lod/' 'a folder that is not there'

right_tree
printf '%s\n' '| import/ | readers |' >>"$tree/core/README.md"
expect 'core/README.md:3: there is no folder import/' 'a cell that names no folder'

right_tree
printf '%s\n' 'As `core/gates` does.' >>"$tree/widgets/README.md"
expect 'widgets/README.md:2: there is no folder core/gates' 'a folder without its slash'

right_tree
mkdir "$tree/core/lod"
touch "$tree/core/lod/x.h"
expect 'core/README.md does not name core/lod/' 'a folder that no README names'

right_tree
rm "$tree/widgets/README.md"
expect 'widgets/README.md is missing' 'a README that is not there'

((failures == 0)) && printf 'all as expected\n'
