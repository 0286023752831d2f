#include "core/analysis/kernelclassifier.h"
#include "core/import/traceimporter.h"
#include "core/report/inforeport.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace stepscope;

namespace {

/// The pattern of formats.md §4, with which the reference figures were made.
constexpr const char* referencePattern = "nccl|rccl|all_?reduce|all_?gather|reduce_?scatter|all_?to_?all|"
                                         "\\bsend_?recv\\b|cross_device_reduce|multimem_|nvshmem|"
                                         "deep_?ep|quick_?reduce|one_?shot_|two_?shot_";

QString realFolder()
{
    return QStringLiteral(STEPSCOPE_SHARED_DATA "/traces/real");
}

/// As text: QJsonValue would take the numbers for doubles, which end at 2^53.
QString compact(const QByteArray& json, int from)
{
    QString text;
    bool isInString = false;
    for (const char c : json.mid(from)) {
        isInString = isInString != (c == '"');
        if (isInString || !QLatin1String(" \n\r\t").contains(QLatin1Char(c)))
            text += QLatin1Char(c);
    }
    return text;
}

/// The text of the value under a key of the root object, without blanks.
QString member(const QByteArray& json, const char* key)
{
    const qsizetype at = json.indexOf("\n \"" + QByteArray(key) + "\":");
    const qsizetype other = json.indexOf("\n  \"" + QByteArray(key) + "\":");
    const qsizetype begin = json.indexOf('{', at >= 0 ? at : other);
    int depth = 0;
    for (qsizetype end = begin; end >= 0 && end < json.size(); ++end) {
        depth += json[end] == '{' ? 1 : json[end] == '}' ? -1 : 0;
        if (depth == 0)
            return compact(json.mid(begin, end - begin + 1), 0);
    }
    return {};
}

/// One "key":value a line, so that a difference is readable.
QStringList lines(const QString& object)
{
    QString text = object;
    return text.replace(QLatin1String(",\""), QLatin1String("\n\""))
        .replace(QLatin1String("{"), QLatin1String("{\n"))
        .split(QLatin1Char('\n'));
}

} // namespace

/// Every real trace gives the figures of a program that shares no code with this one, to the nanosecond.
class TestReference : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void figures_data();
    void figures();
};

void TestReference::initTestCase()
{
    if (!QDir(realFolder()).exists())
        QSKIP("the shared traces are not beside this checkout: " STEPSCOPE_SHARED_DATA "/traces/real");
}

void TestReference::figures_data()
{
    QTest::addColumn<QString>("name");
    const QStringList names =
        QDir(realFolder() + QStringLiteral("/reference")).entryList({QStringLiteral("*.json")});
    QVERIFY(names.size() >= 24);
    for (const QString& name : names)
        QTest::newRow(qPrintable(name)) << name.chopped(5);
}

void TestReference::figures()
{
    QFETCH(QString, name);
    QFile file(realFolder() + QStringLiteral("/reference/") + name + QStringLiteral(".json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray reference = file.readAll();

    NoProgress progress;
    const Result<Trace> trace = importTrace((realFolder() + QLatin1Char('/') + name).toStdString(), progress);
    QVERIFY2(trace, trace ? "" : trace.error().detail.c_str());
    const Result<KernelClassifier> classifier = KernelClassifier::communicationOnly(referencePattern);
    QVERIFY(classifier);
    const TraceFigures figures = traceFigures(*trace, [&classifier](std::string_view kernel) {
        return classifier->match(kernel).kernelClass == KernelClass::Communication;
    });
    const QByteArray info = QByteArray::fromStdString(infoJson(*trace, figures));
    for (const char* key : {"host_launches", "devices"}) {
        QVERIFY(!member(reference, key).isEmpty());
        QCOMPARE(lines(member(info, key)), lines(member(reference, key)));
    }
    const QJsonObject found = QJsonDocument::fromJson(info).object();
    const QJsonObject expected = QJsonDocument::fromJson(reference).object();
    QCOMPARE(found[QLatin1String("sha256")], expected[QLatin1String("sha256")]);
    QCOMPARE(found[QLatin1String("bytes")], expected[QLatin1String("bytes")]);
    QCOMPARE(found[QLatin1String("damaged")], QJsonValue(false));

    // Counts of every kind of row, also of those that are not kept.
    const QJsonObject about = expected[QLatin1String("info")].toObject();
    QJsonObject contents = about[QLatin1String("rows")].toObject();
    const QJsonObject events = about[QLatin1String("events_by_phase_and_category")].toObject();
    for (auto event = events.begin(); event != events.end(); ++event)
        contents[event.key().endsWith(QStringLiteral(":None")) ? event.key().chopped(5) : event.key()] =
            event.value();
    QCOMPARE(found[QLatin1String("contents")].toObject(), contents);
    if (!events.isEmpty())
        QCOMPARE(found[QLatin1String("uncompressed_bytes")], about[QLatin1String("uncompressed_bytes")]);
}

QTEST_GUILESS_MAIN(TestReference)
#include "tst_reference.moc"
