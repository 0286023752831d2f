#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The READMEs tell the truth about the tree: each folder they name exists, and each folder of core/ and widgets/
# is named in the README of its layer.
#
#   tests/layers/checkfolders.sh ROOT
#
# What counts as naming a folder: a path in `backticks`, or the whole cell of a table, or the first word of a line
# in a code block, which ends in "/" or starts with a folder of the repository and has no dot in its last part.
# ./here, /there and build/ are not folders of the repository.
set -euo pipefail

cd "${1:?usage: checkfolders.sh ROOT}"
wrong=0

report() {
    printf '%s\n' "$*"
    wrong=1
}

# Prints "LINE PATH" for each path of a README that may be a folder.
candidates() {
    awk '
        function candidate(word) {
            if (word ~ /^[A-Za-z0-9_.][A-Za-z0-9_.\/-]*$/ && word ~ /\//)
                print FNR, word
        }
        /^[ \t]*```/ { code = !code; next }
        code { word = $1; if (word ~ /\/$/) candidate(word); next }
        {
            n = split($0, pieces, "`")
            for (i = 2; i <= n; i += 2)
                candidate(pieces[i])
        }
        /^[ \t]*\|/ {
            n = split($0, cells, "|")
            for (i = 1; i <= n; i++) {
                gsub(/^[ \t]+|[ \t]+$/, "", cells[i])
                candidate(cells[i])
            }
        }' "$1" | sort -n -u
}

for readme in README.md core/README.md widgets/README.md; do
    if [[ ! -f $readme ]]; then
        report "$readme is missing"
        continue
    fi
    home=$(dirname "$readme")
    while read -r line path; do
        case $path in
            ./* | ../* | build/*) continue ;;
            */) ;;
            *)
                [[ -d ${path%%/*} || -d $home/${path%%/*} ]] || continue
                [[ ${path##*/} != *.* ]] || continue
                [[ ! -f $path && ! -f $home/$path ]] || continue
                ;;
        esac
        [[ -d $path || -d $home/$path || -d core/$path || -d widgets/$path ]] ||
            report "$readme:$line: there is no folder $path"
    done < <(candidates "$readme")
done

for layer in core widgets; do
    [[ -f $layer/README.md ]] || continue
    while read -r folder; do
        grep -qE "(^|[^A-Za-z0-9_-])$folder/|[\`/]$folder\`" "$layer/README.md" ||
            report "$layer/README.md does not name $layer/$folder/"
    done < <(find "$layer" -mindepth 1 -maxdepth 1 -type d -not -empty -printf '%f\n' | sort)
done
exit "$wrong"
