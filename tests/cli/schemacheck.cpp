#include "tests/cli/schemacheck.h"

#include <QProcess>

#include <utility>

#include <nlohmann/json.hpp>

namespace stepscope::testing {

SchemaCheck::SchemaCheck()
{
    // The one in the PATH may be of another making, without Debian's modules.
    for (const QString& python : {QStringLiteral("/usr/bin/python3"), QStringLiteral("python3")}) {
        QProcess process;
        process.start(python, {QStringLiteral("-c"),
                               QStringLiteral("from jsonschema import Draft202012Validator as v")});
        if (process.waitForFinished(60'000) && process.exitStatus() == QProcess::NormalExit &&
            process.exitCode() == 0) {
            m_python = python;
            return;
        }
    }
}

void SchemaCheck::add(const char* kind, const std::string& text)
{
    const nlohmann::json line = {{"kind", kind}, {"text", text}};
    m_lines += QByteArray::fromStdString(line.dump()) + '\n';
}

QStringList SchemaCheck::results()
{
    QProcess process;
    process.start(m_python, {QStringLiteral(STEPSCOPE_SOURCE_DIR "/tests/cli/validate.py"), schemaPath()});
    process.write(std::exchange(m_lines, {}));
    process.closeWriteChannel();
    if (!process.waitForFinished(240'000) || process.exitCode() != 0) {
        qWarning("%s", process.readAllStandardError().constData());
        return {};
    }
    return QString::fromUtf8(process.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
}

QString SchemaCheck::schemaPath()
{
    return QStringLiteral(STEPSCOPE_SOURCE_DIR "/resources/schema/stepscope-output.schema.json");
}

} // namespace stepscope::testing
