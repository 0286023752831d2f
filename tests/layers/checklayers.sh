#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Holds every #include of the sources against the layers of StepScope.
#
#   tests/layers/checklayers.sh ROOT
#
# Prints one line for each include that points the wrong way. Exit codes: 0 none, 1 some, 2 nothing to check.
set -euo pipefail

# The table. A file belongs to the longest folder that holds it, and may include from that layer and from the
# folders named here, each with all below it. The second column says which Qt it may see.
layers='
folder             Qt    may include from
core/base          none
core/trace         none  core/base
core/import        none  core/base core/trace
core/columnfile    none  core/base core/trace
core/analysis      none  core/base core/trace
core/gates         none  core/base core/trace core/analysis
core/lod           none  core/base core/analysis
core/report        none  core/base core/trace core/analysis core/gates
core/remote        none  core/base
core/nsysexport    none  core/base core/trace core/import
core/opening       none  core/base core/trace core/columnfile core/import core/nsysexport core/report
widgets/viewmodel  core  core
widgets/theme      all   core widgets/viewmodel
widgets/timeline   all   core widgets/viewmodel widgets/theme
widgets/plots      all   core widgets/viewmodel widgets/theme
widgets/panels     all   core widgets/viewmodel widgets/theme widgets/plots
widgets/export     all   core widgets/viewmodel widgets/theme widgets/plots widgets/timeline widgets/panels
app                all   core widgets app/cli
app/cli            none  core
tests              all   core widgets app tests/support
tests/support      all
'

# Headers that one place alone may include, as <…> or as "…".
reserved='
header         only in
qcustomplot.h  widgets/plots/qcustomplotinclude.h
libssh/        core/remote
'

# Qt Core alone: these modules and classes are not in it.
not_qt_core='^Qt(Gui|Widgets|PrintSupport|Svg|SvgWidgets|OpenGL|OpenGLWidgets)(/|$)'
not_qt_core+='|^Q(Color|Painter|PainterPath|Pixmap|Image|Icon|Font|FontMetrics|FontMetricsF|Brush|Pen|Palette)$'
not_qt_core+='|^Q(GuiApplication|Application|Widget|MainWindow|Action|Menu|Label|Style|Screen|Cursor|Clipboard)$'
not_qt_core+='|^Q(MouseEvent|KeyEvent|WheelEvent|PaintEvent|ResizeEvent|KeySequence|StandardItemModel)$'
not_qt_core+='|^Q[A-Za-z]*(Widget|Dialog|Button|TableView|TreeView|ListView|ItemView)$'

root=${1:?usage: checklayers.sh ROOT}
cd "$root"
folders=()
for folder in core widgets app tests; do
    [[ -d $folder ]] && folders+=("$folder")
done
if ((${#folders[@]} == 0)); then
    printf '%s holds no sources\n' "$root" >&2
    exit 2
fi

{
    printf '%s\n' "$layers" "$reserved"
    printf '%s\n' '== files'
    find "${folders[@]}" \( -name '*.h' -o -name '*.cpp' \) | sort
    printf '%s\n' '== includes'
    grep -rnE --include='*.h' --include='*.cpp' '^[[:space:]]*#[[:space:]]*include[[:space:]]*["<]' "${folders[@]}" |
        sort -t: -k1,1 -k2,2n || true
} | awk -v notQtCore="$not_qt_core" '
    function within(path, folder) { return path == folder || index(path, folder "/") == 1 }

    function layerOf(path,    folder, best) {
        for (folder in qt)
            if (within(path, folder) && length(folder) > length(best))
                best = folder
        return best
    }

    function report(rule) {
        printf "%s:%s: #include %s: %s\n", file, line, written, rule
        wrong = 1
    }

    function checkReserved(    prefix) {
        for (prefix in only)
            if (index(header, prefix) == 1 && !within(file, only[prefix])) {
                report(prefix " is for " only[prefix] " alone")
                return 1
            }
        return 0
    }

    function checkQt() {
        if (header !~ /^Q[A-Z]/ && header !~ /^Qt/ && header !~ /^q[a-z]+\.h$/)
            return 0
        if (qt[layer] == "none")
            report(layer " is built without Qt")
        else if (qt[layer] == "core" && header ~ notQtCore)
            report(layer " may use Qt Core and Qt Concurrent only")
        return 1
    }

    function checkProject(    target, count, allowed, i) {
        if (header ~ /(^|\/)\.\.?\//) {
            report("includes go from the repository root")
            return
        }
        if (header !~ /^(core|widgets|app|tests)\//) {
            directory = file
            sub(/[^\/]*$/, "", directory)
            if ((directory header) in exists)
                report("includes go from the repository root: \"" directory header "\"")
            return
        }
        target = header
        count = split(may[layer] " " layer, allowed, " ")
        for (i = 1; i <= count; i++)
            if (within(target, allowed[i]) && (allowed[i] != layer || layerOf(target) == layer))
                return
        report(layer " may include from " (may[layer] == "" ? "its own folder only" : "its own folder," may[layer]))
    }

    /^== /                 { part = $2; next }
    NF == 0                { next }
    $1 == "folder"         { part = "layers"; next }
    $1 == "header"         { part = "reserved"; next }
    part == "layers"       { qt[$1] = $2; for (i = 3; i <= NF; i++) may[$1] = may[$1] " " $i; next }
    part == "reserved"     { only[$1] = $2; next }
    part == "files"        { exists[$0] = 1; files++
                             if (layerOf($0) == "") { print $0 ": its folder has no line in the table of " \
                                                      "tests/layers/checklayers.sh"; wrong = 1 }
                             next }
    part == "includes" {
        colon = index($0, ":")
        file = substr($0, 1, colon - 1)
        rest = substr($0, colon + 1)
        line = substr(rest, 1, index(rest, ":") - 1)
        match(rest, /["<][^">]*[">]/)
        written = substr(rest, RSTART, RLENGTH)
        header = substr(written, 2, length(written) - 2)
        layer = layerOf(file)
        if (layer == "" || checkReserved() || checkQt())
            next
        if (written ~ /^"/ || header ~ /^(core|widgets|app|tests)\//)
            checkProject()
    }

    END {
        if (!files) { print "no sources found" > "/dev/stderr"; exit 2 }
        exit wrong
    }'
