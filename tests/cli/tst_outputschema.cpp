#include "tests/cli/schemacheck.h"

#include "tests/cli/clirun.h"
#include "tests/cli/documentfaults.h"
#include "tests/golden/testfiles.h"
#include "tests/support/closedform.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using stepscope::testing::CliRun;
using stepscope::testing::DocumentFault;
using stepscope::testing::runCli;
using stepscope::testing::SchemaCheck;
namespace support = stepscope::testsupport;

namespace {

using Json = nlohmann::json;

constexpr const char* documentKinds[] = {"info", "budget", "gates", "verdict", "steps", "gaps"};

CliRun print(const char* kind, const QString& file, const QStringList& options = {})
{
    return runCli(QStringList{QLatin1String(kind), file, QStringLiteral("--format"), QStringLiteral("json")} +
                  options);
}

} // namespace

/// What the program prints as JSON is what resources/schema says, key by key.
class TestOutputSchema : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        if (!m_schema.isAvailable())
            QSKIP("python3-jsonschema is not installed (packaging/setup --tests)");
        for (const int number : {4, 6, 7, 8, 9, 10}) {
            for (const char* suffix : {".sqlite", ".json.gz"}) {
                if (number != 9 || QLatin1String(suffix) == QLatin1String(".sqlite"))
                    write(number, QLatin1String(suffix), false);
            }
        }
        write(4, QLatin1String("-annotated.sqlite"), true);
        write(1, QLatin1String("-annotated.json"), true);
        writeMixture();
        const QDir golden(QStringLiteral(STEPSCOPE_SOURCE_DIR "/tests/golden"));
        for (const QString& name : golden.entryList({QStringLiteral("*.json")}))
            m_files.push_back(golden.filePath(name));
        for (const QString& name : golden.entryList({QStringLiteral("*.sql")})) {
            QFile script(golden.filePath(name));
            QVERIFY(script.open(QIODevice::ReadOnly));
            const QString path = m_folder.filePath(name + QStringLiteral("ite"));
            stepscope::test::writeDatabase(path.toStdString(), script.readAll().toStdString());
            m_files.push_back(path);
        }
    }

    /// Every document of every trace: both formats, with and without steps, damaged, hostile names. Small
    /// windows too: cut steps, no step at all.
    void everyDocumentIsValid()
    {
        QStringList what;
        std::size_t refused = 0;
        std::size_t mixtures = 0;
        for (const QString& file : m_files) {
            bool isTrace = true;
            for (const char* kind : documentKinds) {
                for (const QStringList& options : optionsFor(kind)) {
                    if (!isTrace)
                        continue;
                    const CliRun run = print(kind, file, options);
                    QVERIFY(run.exitCode >= 0);
                    if (run.exitCode == 1) { // not a trace, or nothing to show: said in words
                        QVERIFY2(run.output.isEmpty() && !run.errors.isEmpty(), qPrintable(file));
                        isTrace = QLatin1String(kind) != QLatin1String("info");
                        ++refused;
                        continue;
                    }
                    const std::string text = run.output.toStdString();
                    const QString name = QLatin1String(kind) + u' ' + file + u' ' + options.join(u' ');
                    m_schema.add(kind, text);
                    what.push_back(name);
                    if (options.isEmpty()) {
                        m_schema.add("any", text);
                        what.push_back(name);
                    }
                    mixtures += text.find("\"mixture\": [") != std::string::npos ? 1U : 0U;
                }
            }
        }
        const QStringList results = m_schema.results();
        QCOMPARE(results.size(), what.size());
        for (qsizetype i = 0; i < results.size(); ++i)
            QVERIFY2(results[i] == QLatin1String("valid"), qPrintable(what[i] + u'\n' + results[i]));
        QVERIFY2(what.size() > 150, qPrintable(QString::number(what.size())));
        QVERIFY(refused > 0);
        QVERIFY(mixtures > 0);
    }

    /// No key of a document can be renamed, change its type or become a fraction unseen.
    void brokenDocumentsAreRefused_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char* kind : documentKinds)
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }
    void brokenDocumentsAreRefused()
    {
        QFETCH(QString, kind);
        const QByteArray name = kind.toLatin1();
        QStringList options;
        if (kind != QLatin1String("info"))
            options = {QStringLiteral("--window"), QStringLiteral("0:0.05")};
        const Json document = print(name.constData(), path(1, "-annotated.json"), options).json();
        QVERIFY(document.is_object());
        const std::vector<DocumentFault> faults = stepscope::testing::documentFaults(document);
        QVERIFY2(faults.size() > 60, qPrintable(QString::number(faults.size())));
        for (const DocumentFault& fault : faults)
            m_schema.add(name.constData(), fault.document.dump());
        // Of another kind, nothing, more than there is, a time before zero
        for (const char* other : documentKinds) {
            if (QLatin1String(other) != kind)
                m_schema.add(other, document.dump());
        }
        m_schema.add(name.constData(), "{}");
        Json more = document;
        more["more"] = 1;
        m_schema.add(name.constData(), more.dump());
        const QStringList results = m_schema.results();
        QCOMPARE(static_cast<std::size_t>(results.size()), faults.size() + std::size(documentKinds) + 1);
        for (qsizetype i = 0; i < results.size(); ++i) {
            const auto number = static_cast<std::size_t>(i);
            const std::string what = number < faults.size() ? faults[number].what : std::string("at the end");
            QVERIFY2(results[i].startsWith(QLatin1String("refused: $")), what.c_str());
        }
    }

    /// An object that lists its keys takes no others, and says which it needs.
    void theSchemaIsStrict()
    {
        QFile file(SchemaCheck::schemaPath());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const Json schema = Json::parse(file.readAll().toStdString());
        std::size_t objects = 0;
        countStrictObjects(schema, objects);
        QVERIFY(objects > 30);
    }

private:
    static void countStrictObjects(const Json& part, std::size_t& objects)
    {
        if (part.is_object() && part.contains("type") && part["type"] == "object") {
            ++objects;
            QVERIFY2(part.contains("additionalProperties"), part.dump().c_str());
            if (part.contains("properties")) {
                QVERIFY2(part["additionalProperties"] == false, part.dump().c_str());
                QVERIFY2(part.contains("required"), part.dump().c_str());
                for (const Json& key : part["required"])
                    QVERIFY2(part["properties"].contains(key.get<std::string>()), key.dump().c_str());
            }
        }
        if (part.is_structured()) {
            for (const Json& child : part)
                countStrictObjects(child, objects);
        }
    }

    static QList<QStringList> optionsFor(const char* kind)
    {
        if (QLatin1String(kind) == QLatin1String("info"))
            return {{}};
        return {
            {},
            {QStringLiteral("--window"), QStringLiteral("2.5ms:21ms"), QStringLiteral("--no-annotations")}};
    }

    QString path(int number, const char* suffix) const
    {
        return m_folder.filePath(QStringLiteral("case%1%2").arg(number).arg(QLatin1String(suffix)));
    }
    void write(int number, QLatin1String suffix, bool isAnnotated)
    {
        support::ClosedFormCase closedForm = support::closedFormCase(number);
        for (support::RankLoop& rank : closedForm.loop.ranks) {
            for (support::Segment& segment : rank.segments)
                segment.count =
                    std::min<std::int64_t>(segment.count, 24); // what is printed has no more kinds
        }
        if (isAnnotated)
            support::annotate(closedForm.loop, support::AnnotationStyle::VllmContext);
        for (const std::string& file :
             support::writeClosedForm(closedForm, path(number, suffix.data()).toStdString()))
            m_files.push_back(QString::fromStdString(file));
    }

    /// Every second step begins 1 ms late: two kinds of step.
    void writeMixture()
    {
        support::ClosedFormCase closedForm = support::fastLoopCase();
        support::Segment segment = closedForm.loop.ranks.front().segments.front();
        segment.count = 1;
        closedForm.loop.ranks.front().segments.clear();
        for (int step = 0; step < 40; ++step) {
            segment.lullBefore = step % 2 == 0 ? 0 : 1'000'000;
            closedForm.loop.ranks.front().segments.push_back(segment);
        }
        for (const std::string& file :
             support::writeClosedForm(closedForm, path(2, "-mixture.json").toStdString()))
            m_files.push_back(QString::fromStdString(file));
    }

    QTemporaryDir m_folder;
    QStringList m_files;
    SchemaCheck m_schema;
};

QTEST_GUILESS_MAIN(TestOutputSchema)
#include "tst_outputschema.moc"
