#include "widgets/viewmodel/kerneltable.h"

#include "core/report/budgetreport.h"
#include "core/report/numbertext.h"
#include "core/report/printabletext.h"
#include "core/report/verdicttext.h"

#include <algorithm>
#include <filesystem>
#include <vector>

namespace stepscope {

namespace {

std::string htmlEscaped(std::string_view text)
{
    std::string escaped;
    for (const char c : text) {
        switch (c) {
        case '<':
            escaped += "&lt;";
            break;
        case '>':
            escaped += "&gt;";
            break;
        case '&':
            escaped += "&amp;";
            break;
        case '"':
            escaped += "&quot;";
            break;
        default:
            escaped += c;
        }
    }
    return escaped;
}

/// One line, and nothing that a spreadsheet would evaluate (product.md §Exports).
std::string nameCell(std::string_view name)
{
    std::string cell = printable(name);
    if (!cell.empty() && std::string_view("=+-@").find(cell.front()) != std::string_view::npos)
        cell.insert(0, 1, '\'');
    return cell;
}

/// Tab-separated cells are taken as they are unless they begin with a quote.
std::string tabCell(const std::string& cell)
{
    if (cell.empty() || cell.front() != '"')
        return cell;
    std::string quoted = "\"";
    for (const char c : cell)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + '"';
}

std::string contextLine(const TraceIndex& index, const Assessment& assessment, const KernelSummary& summary)
{
    const CaptureInfo& capture = index.trace().capture();
    const DeviceId device = assessment.reference;
    std::string steps = "no whole decode step: sums over the window";
    if (summary.steps > 0)
        steps = std::to_string(summary.steps) + (summary.steps == 1 ? " step" : " steps") + " from " +
                stepSourceWord(index.device(device).steps.source);
    return "Top kernels | " + printable(std::filesystem::path(capture.path).filename().string()) +
           " | sha256 " + capture.sha256.text().substr(0, 12) + " | " + printable(capture.tool) + " | " +
           trustWord(trustOf(index, device)) + " | " + deviceLabel(index.trace(), device) + " | window " +
           seconds(assessment.analysis.window.begin, 6) + " to " +
           seconds(assessment.analysis.window.end, 6) + " s | " + steps + " | " + labelOf(assessment.context);
}

std::vector<std::string> headers(const KernelSummary& summary)
{
    const std::string per = summary.steps > 0 ? "per step" : "in window";
    return {"kernel",   "class", "count " + per, "time " + per + " [us]", "share of summed GPU time [%]",
            "in graph", "count", "total [ns]",   "longest [ns]"};
}

std::vector<std::string> cells(const Trace& trace, const KernelSummary& summary, const KernelRow& row)
{
    const auto steps = static_cast<double>(std::max<std::size_t>(summary.steps, 1));
    const auto total = static_cast<double>(row.total.count());
    const auto all = static_cast<double>(std::max<std::int64_t>(summary.total.count(), 1));
    return {nameCell(kernelRowName(trace, row)),
            std::string(kernelRowClass(row)),
            fixed(static_cast<double>(row.count) / steps, 3),
            fixed(total / steps / 1e3, 3),
            percent(total / all, 2),
            inGraphWord(row),
            std::to_string(row.count),
            std::to_string(row.total.count()),
            std::to_string(row.longest.count())};
}

std::string tabLine(const std::vector<std::string>& line)
{
    std::string text;
    for (const std::string& cell : line)
        text += (text.empty() ? "" : "\t") + tabCell(cell);
    return text + "\n";
}

std::string htmlLine(const std::vector<std::string>& line, const char* element)
{
    std::string text = "<tr>";
    for (std::size_t column = 0; column < line.size(); ++column) {
        const bool isText = column < 2 || column == 5;
        text += std::string("<") + element + (isText ? ">" : " align=\"right\">") +
                htmlEscaped(line[column]) + "</" + element + ">";
    }
    return text + "</tr>\n";
}

} // namespace

KernelTable kernelTable(const TraceIndex& index, const Assessment& assessment, const KernelSummary& summary,
                        std::span<const KernelRow* const> rows)
{
    const std::string context = contextLine(index, assessment, summary);
    KernelTable table;
    table.tabSeparated = context + "\n" + tabLine(headers(summary));
    table.html =
        "<table>\n<caption>" + htmlEscaped(context) + "</caption>\n" + htmlLine(headers(summary), "th");
    for (const KernelRow* row : rows) {
        const std::vector<std::string> line = cells(index.trace(), summary, *row);
        table.tabSeparated += tabLine(line);
        table.html += htmlLine(line, "td");
    }
    table.html += "</table>\n";
    return table;
}

const char* inGraphWord(const KernelRow& row)
{
    return row.inGraph == 0 ? "no" : row.inGraph == row.count ? "yes" : "partly";
}

std::string_view kernelRowClass(const KernelRow& row)
{
    switch (row.kind) {
    case ActivityKind::Kernel:
        break;
    case ActivityKind::GraphTrace:
        return "graph";
    case ActivityKind::Memcpy:
        return "copy";
    case ActivityKind::Memset:
        return "memset";
    }
    return kernelClassWord(row.kernelClass);
}

} // namespace stepscope
