#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Proves that checklayers.sh fails when it should: a tree of right includes passes, and each wrong include
# planted in it is reported, at its line, and nothing else is.
set -euo pipefail

check=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/checklayers.sh
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failures=0

fail() {
    printf 'FAIL: %s\n' "$*"
    failures=$((failures + 1))
}

# add FILE LINE…: appends lines to a file of the tree.
add() {
    mkdir -p "$tree/$(dirname "$1")"
    printf '%s\n' "${@:2}" >>"$tree/$1"
}

right_tree() {
    rm -rf "${tree:?}"/*
    add core/base/time.h '#pragma once' '#include <span>' '#include <vector>'
    add core/trace/trace.h '#include "core/base/time.h"' '#include "core/trace/tracebuilder.h"'
    add core/import/nsysimporter.cpp '#include "core/trace/trace.h"' '#include "core/base/time.h"' '#include <sqlite3.h>'
    add core/analysis/busyunion.cpp '#include "core/trace/trace.h"' '#  include  "core/base/time.h"'
    add core/gates/gate.h '#include "core/analysis/busyunion.h"' '#include "core/trace/trace.h"'
    add core/lod/pixelcoverage.h '#include "core/analysis/busyunion.h"' '#include "core/base/time.h"'
    add core/report/csvreport.cpp '#include "core/gates/gate.h"' '#include "core/trace/trace.h"'
    add core/remote/sshsession.cpp '#include <libssh/libssh.h>' '#include "core/base/result.h"'
    add widgets/viewmodel/budgetmodel.h '#include <QAbstractTableModel>' '#include <QtConcurrent>' \
        '#include <QTimerEvent>' '#include <QStringView>' '#include "core/gates/gate.h"' '#include "widgets/viewmodel/texts.h"'
    add widgets/viewmodel/budgetmodel.cpp '#include "moc_budgetmodel.cpp"' '#include "budgetmodel.moc"'
    add widgets/theme/tracepalette.h '#include <QColor>'
    add widgets/timeline/lanecanvas.cpp '#include <QtWidgets/QWidget>' '#include "widgets/theme/tracepalette.h"'
    add widgets/plots/qcustomplotinclude.h '#include <qcustomplot.h>'
    add widgets/plots/gapplot.cpp '#include "widgets/plots/qcustomplotinclude.h"' '#include "widgets/theme/tracepalette.h"'
    add widgets/panels/budgetpanel.cpp '#include "widgets/plots/gapplot.h"' '#include "widgets/viewmodel/budgetmodel.h"'
    add widgets/export/pngexporter.cpp '#include "widgets/timeline/lanecanvas.h"' '#include "widgets/panels/budgetpanel.h"'
    add app/main.cpp '#include "widgets/panels/budgetpanel.h"' '#include "core/trace/trace.h"' '#include "app/mainwindow.h"'
    add app/cli/main.cpp '#include "core/report/csvreport.h"' '#include "app/cli/options.h"' '#include "generated.h"'
    add tests/support/tracewriter.cpp '#include "tests/support/tracewriter.h"' '#include <zlib.h>'
    add tests/unit/tst_busyunion.cpp '#include "core/analysis/busyunion.h"' '#include "tests/support/tracewriter.h"' '#include <QTest>'
}

# One line each: the file, and the wrong include that is appended to it.
planted='
core/base/time.h                    #include "core/trace/trace.h"
core/trace/trace.h                  #include "core/import/nsysimporter.h"
core/trace/trace.h                  #include "core/analysis/busyunion.h"
core/import/nsysimporter.cpp        #include "core/analysis/busyunion.h"
core/import/nsysimporter.cpp        #include "core/report/csvreport.h"
core/analysis/busyunion.cpp         #include "core/import/nsysimporter.h"
core/analysis/busyunion.cpp         #include "core/gates/gate.h"
core/gates/gate.h                   #include "core/report/csvreport.h"
core/lod/pixelcoverage.h            #include "core/gates/gate.h"
core/report/csvreport.cpp           #include "core/import/nsysimporter.h"
core/remote/sshsession.cpp          #include "core/trace/trace.h"
core/base/time.h                    #include "widgets/theme/tracepalette.h"
core/base/time.h                    #include <widgets/theme/tracepalette.h>
core/gates/gate.h                   #include "app/mainwindow.h"
core/base/time.h                    #include <QString>
core/base/time.h                    #include <QtCore/QString>
core/base/time.h                    #include <qglobal.h>
core/base/time.h                    #include "QString"
core/trace/trace.h                  #include "../base/time.h"
core/base/time.h                    #include "time.h"
core/import/nsysimporter.cpp        #include <libssh/sftp.h>
widgets/viewmodel/budgetmodel.h     #include "widgets/panels/budgetpanel.h"
widgets/viewmodel/budgetmodel.h     #include "app/mainwindow.h"
widgets/viewmodel/budgetmodel.h     #include <QColor>
widgets/viewmodel/budgetmodel.h     #include <QtWidgets/QLabel>
widgets/viewmodel/budgetmodel.h     #include <QTreeView>
widgets/theme/tracepalette.h        #include "widgets/timeline/lanecanvas.h"
widgets/timeline/lanecanvas.cpp     #include "widgets/plots/gapplot.h"
widgets/timeline/lanecanvas.cpp     #include <qcustomplot.h>
widgets/plots/gapplot.cpp           #include "widgets/panels/budgetpanel.h"
widgets/plots/gapplot.cpp           #include "qcustomplot.h"
widgets/panels/budgetpanel.cpp      #include "widgets/timeline/lanecanvas.h"
widgets/export/pngexporter.cpp      #include "app/mainwindow.h"
app/main.cpp                        #include "tests/support/tracewriter.h"
app/main.cpp                        #include <qcustomplot.h>
app/cli/main.cpp                    #include "widgets/viewmodel/budgetmodel.h"
app/cli/main.cpp                    #include "app/mainwindow.h"
app/cli/main.cpp                    #include <QCoreApplication>
tests/support/tracewriter.cpp       #include "core/trace/trace.h"
tests/unit/tst_busyunion.cpp        #include <qcustomplot.h>
'

# check EXPECTED-CODE EXPECTED-PLACES WHAT: runs the check and compares "file:line" of what it reports.
check() {
    local output code=0
    output=$("$check" "$tree") || code=$?
    local places
    places=$(sed -E 's/^([^:]+:[0-9]+):.*/\1/' <<<"$output" | sort)
    if ((code != $1)) || [[ $places != "$(sort <<<"$2")" ]]; then
        fail "$3: exit $code, reported:"$'\n'"$output"$'\n'"expected:"$'\n'"$2"
    fi
}

right_tree
check 0 '' 'right includes only'

all=()
while read -r file include; do
    [[ $file ]] || continue
    right_tree
    add "$file" "$include"
    check 1 "$file:$(wc -l <"$tree/$file")" "$include planted in $file"
    all+=("$file $include")
done <<<"$planted"

right_tree
places=''
for entry in "${all[@]}"; do
    read -r file include <<<"$entry"
    add "$file" "$include"
    places+=${places:+$'\n'}$file:$(wc -l <"$tree/$file")
done
check 1 "$places" 'all of them planted at once'

right_tree
add core/newfolder/new.h '#pragma once'
"$check" "$tree" >/dev/null && fail 'a folder without a line in the table passes'

rm -rf "${tree:?}"/*
code=0
"$check" "$tree" >/dev/null 2>&1 || code=$?
((code == 2)) || fail "an empty tree gives exit $code, not 2"

printf '%d wrong includes planted, %d failures\n' "${#all[@]}" "$failures"
((failures == 0))
