#include "tests/cli/schemacheck.h"

#include "tests/cli/clirun.h"
#include "tests/golden/testfiles.h"
#include "tests/support/closedform.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <set>

using stepscope::testing::CliRun;
using stepscope::testing::runCli;
using stepscope::testing::SchemaCheck;
namespace support = stepscope::testsupport;

namespace {

using Json = nlohmann::json;

constexpr const char* documentKinds[] = {"info", "budget", "steps", "gaps"};

CliRun print(const char* kind, const QString& file, const QStringList& options = {})
{
    return runCli(QStringList{QLatin1String(kind), file, QStringLiteral("--format"), QStringLiteral("json")} +
                  options);
}

/// Whether any name may stand at this place: the document cannot be refused for one.
bool isFreeMap(const std::string& place)
{
    return place == "/context/fields" || place == "/facts" || place == "/contents" ||
           place == "/host_launches/all_launch_calls";
}

/// One change of a document that the schema must refuse.
struct Fault {
    std::string what;
    Json document;
};

/// For each key of a document, the first time it stands at its place: the key renamed, its value of another
/// type, the key gone where it is a time.
class FaultFinder {
public:
    explicit FaultFinder(const Json& document) : m_document(document) { visit({}, {}); }
    const std::vector<Fault>& faults() const { return m_faults; }

private:
    void visit(const std::string& pointer, const std::string& place)
    {
        const Json& here = m_document[Json::json_pointer(pointer)];
        if (here.is_array()) {
            for (std::size_t i = 0; i < here.size(); ++i)
                visit(pointer + "/" + std::to_string(i), place);
        }
        if (!here.is_object())
            return;
        for (const auto& [key, value] : here.items()) {
            std::string escaped; // RFC 6901
            for (const char c : key)
                escaped += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
            if (!isFreeMap(place) && m_seen.insert(place + "/" + key).second)
                plant(pointer, key, place + "/" + key);
            visit(pointer + "/" + escaped, place + "/" + (place == "/devices" ? "#" : key));
        }
    }

    void plant(const std::string& pointer, const std::string& key, const std::string& place)
    {
        Json renamed = m_document;
        Json& object = renamed[Json::json_pointer(pointer)];
        object[key + "_x"] = object[key];
        object.erase(key);
        m_faults.push_back({place + " renamed", std::move(renamed)});
        Json retyped = m_document;
        Json& value = retyped[Json::json_pointer(pointer)][key];
        value = value.is_string() ? Json(1) : Json(value.is_number() ? value.dump() : "text");
        // An untyped null may be any of what it stands for.
        if (!m_document[Json::json_pointer(pointer)][key].is_null())
            m_faults.push_back({place + " of another type", std::move(retyped)});
        if (QString::fromStdString(key).endsWith(QLatin1String("_ns")) &&
            m_document[Json::json_pointer(pointer)][key].is_number_integer()) {
            Json fraction = m_document;
            fraction[Json::json_pointer(pointer)][key] = 0.5;
            if (key != "mean_ns")
                m_faults.push_back({place + " in fractions", std::move(fraction)});
        }
    }

    const Json& m_document;
    std::set<std::string> m_seen;
    std::vector<Fault> m_faults;
};

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
        const FaultFinder finder(document);
        QVERIFY2(finder.faults().size() > 60, qPrintable(QString::number(finder.faults().size())));
        for (const Fault& fault : finder.faults())
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
        QCOMPARE(static_cast<std::size_t>(results.size()), finder.faults().size() + 5);
        for (qsizetype i = 0; i < results.size(); ++i) {
            const auto number = static_cast<std::size_t>(i);
            const std::string what =
                number < finder.faults().size() ? finder.faults()[number].what : std::string("at the end");
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
