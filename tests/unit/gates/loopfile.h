#pragma once

#include "core/gates/assessment.h"
#include "core/import/traceimporter.h"
#include "tests/support/generatedtrace.h"
#include "tests/support/kinetowriter.h"
#include "tests/support/loopgenerator.h"
#include "tests/support/nsyswriter.h"

#include <QTemporaryDir>

namespace stepscope {

/// A generated loop and how it is written to a file.
struct LoopFile {
    testsupport::LoopDescription loop = {};
    bool isNsys = true;
    testsupport::NsysOptions nsys = {};
    testsupport::KinetoOptions kineto = {};
};

/// Writes loops to files and opens them as the program does.
class LoopFiles {
public:
    std::shared_ptr<const TraceIndex> open(const LoopFile& file)
    {
        const testsupport::GeneratedTrace trace = testsupport::generateLoop(file.loop);
        const std::string path = m_folder.filePath(QStringLiteral("loop%1").arg(++m_files)).toStdString();
        testsupport::KinetoOptions kineto = file.kineto;
        kineto.rank = file.loop.ranks.front().process.rank;
        if (file.isNsys)
            testsupport::writeNsys(trace, path, file.nsys);
        else
            testsupport::writeKineto(trace, path, kineto);
        return openFile(path);
    }

    static std::shared_ptr<const TraceIndex> openFile(const std::string& path)
    {
        NoProgress progress;
        auto imported = importTrace(path, progress);
        if (!imported)
            qFatal("%s", imported.error().detail.c_str());
        return indexOf(std::move(*imported));
    }

    static std::shared_ptr<const TraceIndex> indexOf(Trace trace)
    {
        NoProgress progress;
        return *TraceIndex::build(std::make_shared<const Trace>(std::move(trace)),
                                  KernelClassifier::standard(), progress);
    }

private:
    QTemporaryDir m_folder;
    int m_files = 0;
};

/// The first row of that code; null when the checklist has none.
inline const Evidence* evidenceOf(const Assessment& assessment, EvidenceCode code)
{
    for (const GateResult& gate : assessment.referenceGates()) {
        for (const Evidence& row : gate.evidence) {
            if (row.code == code)
                return &row;
        }
    }
    return nullptr;
}

inline const GateResult& gateWith(const Assessment& assessment, EvidenceCode code)
{
    for (const GateResult& gate : assessment.referenceGates()) {
        for (const Evidence& row : gate.evidence) {
            if (row.code == code)
                return gate;
        }
    }
    qFatal("no such row");
}

} // namespace stepscope
