#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>

#include <nlohmann/json.hpp>

namespace stepscope::testing {

/// What one run of stepscope-cli gave.
struct CliRun {
    int exitCode = -1; ///< −1 where it did not end by itself
    QByteArray output;
    QString errors;

    /// The output as JSON; discarded where it is none.
    nlohmann::json json() const { return nlohmann::json::parse(output.toStdString(), nullptr, false); }
};

/// Runs stepscope-cli with these words; qFatal when it does not end in two minutes. With `outputFile` stdout
/// goes there.
inline CliRun runCli(const QStringList& words, const QString& outputFile = {})
{
    QProcess cli;
    if (!outputFile.isEmpty())
        cli.setStandardOutputFile(outputFile);
    cli.start(QStringLiteral(STEPSCOPE_CLI), words);
    if (!cli.waitForFinished(120'000))
        qFatal("stepscope-cli does not end");
    return {cli.exitStatus() == QProcess::NormalExit ? cli.exitCode() : -1, cli.readAllStandardOutput(),
            QString::fromUtf8(cli.readAllStandardError())};
}

} // namespace stepscope::testing
