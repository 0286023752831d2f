#include "core/report/exportfiles.h"

#include "core/report/budgetreport.h"
#include "core/report/contextcsv.h"
#include "core/report/gapscsv.h"
#include "core/report/gatescsv.h"
#include "core/report/stepscsv.h"

#include <array>

namespace stepscope {

namespace {

struct ExportWriter {
    const char* name;
    std::string (*write)(const Assessment& assessment, const TraceIndex& index);
};

constexpr std::array exportWriters = {
    ExportWriter{"budget.txt", budgetText}, ExportWriter{"budget.csv", budgetCsv},
    ExportWriter{"steps.csv", stepsCsv},    ExportWriter{"gaps.csv", gapsCsv},
    ExportWriter{"gates.csv", gatesCsv},    ExportWriter{"context.csv", contextCsv}};

} // namespace

std::vector<std::string> exportFileNames()
{
    std::vector<std::string> names;
    for (const ExportWriter& writer : exportWriters)
        names.emplace_back(writer.name);
    return names;
}

std::vector<ExportFile> exportFiles(const Assessment& assessment, const TraceIndex& index)
{
    std::vector<ExportFile> files;
    for (const ExportWriter& writer : exportWriters)
        files.push_back({writer.name, writer.write(assessment, index)});
    return files;
}

} // namespace stepscope
