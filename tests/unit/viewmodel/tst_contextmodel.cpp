#include "widgets/viewmodel/contextmodel.h"

#include "core/gates/statedcontext.h"
#include "core/import/servercommandreader.h"
#include "tests/gui/timeline/smalltrace.h"
#include "widgets/viewmodel/contextlist.h"
#include "widgets/viewmodel/servercommandtext.h"
#include "widgets/viewmodel/tracedocument.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace stepscope;
using RowState = ContextModel::RowState;

class TestContextModel : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void everyRowSaysWhatItIs();
    void nothingIsEditedWithoutATrace();
    void typedFieldsGoToTheDocument();
    void clearingLetsTheOtherSourcesSpeak();
    void aHintIsConfirmedAndNotByChance();
    void measuredFieldsAreNotEdited();
    void aWindowChangesNothing();
    void thresholdsAreTaken_data();
    void thresholdsAreTaken();
    void thresholdsAreRefused_data();
    void thresholdsAreRefused();
    void aCommandFillsItsFields();
    void contradictionsStandAtTheRow();
    void ceilingsAreOffered();

private:
    QModelIndex cell(const char* key, ContextModel::Column column = ContextModel::Value) const
    {
        return m_model->valueOf(key).siblingAtColumn(column);
    }
    QString shown(const char* key, ContextModel::Column column = ContextModel::Value) const
    {
        return cell(key, column).data().toString();
    }
    RowState state(const char* key) const
    {
        return static_cast<RowState>(cell(key).data(ContextModel::StateRole).toInt());
    }
    void give(const char* command)
    {
        const Result<ServerCommand> read = parseServerCommand(command);
        QVERIFY(read);
        AssessmentInput input = m_document->input();
        input.command = *read;
        m_document->setInput(input);
    }

    std::unique_ptr<TraceDocument> m_document;
    std::unique_ptr<ContextModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestContextModel::init()
{
    QLocale::setDefault(QLocale::c());
    m_document = std::make_unique<TraceDocument>();
    m_model = std::make_unique<ContextModel>(*m_document);
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_document->setIndex(testing::smallIndex(1, 40));
}

void TestContextModel::cleanup()
{
    m_tester.reset();
    m_model.reset();
    m_document.reset();
}

void TestContextModel::everyRowSaysWhatItIs()
{
    QSet<QString> names;
    int rows = 0;
    for (int group = 0; group < m_model->rowCount(); ++group) {
        const QModelIndex parent = m_model->index(group, 0);
        QVERIFY(!parent.data().toString().isEmpty());
        QVERIFY(m_model->rowCount(parent) > 0);
        for (int row = 0; row < m_model->rowCount(parent); ++row, ++rows) {
            const QString name = m_model->index(row, ContextModel::Name, parent).data().toString();
            QVERIFY2(!name.contains(QLatin1Char('_')) && !names.contains(name), qPrintable(name));
            names += name;
            for (int column = 0; column < m_model->columnCount(); ++column) {
                const QModelIndex index = m_model->index(row, column, parent);
                QVERIFY2(index.data(Qt::WhatsThisRole).toString().size() > 10, qPrintable(name));
                QVERIFY2(index.data(Qt::ToolTipRole).toString().startsWith(QLatin1String("<qt>")),
                         qPrintable(name));
            }
        }
    }
    QCOMPARE(static_cast<std::size_t>(rows),
             MeasurementContext().fields().size() + thresholdValues({}).size());
    for (int column = 0; column < m_model->columnCount(); ++column) {
        for (const int role : {int(Qt::DisplayRole), int(Qt::ToolTipRole), int(Qt::WhatsThisRole)})
            QVERIFY(!m_model->headerData(column, Qt::Horizontal, role).toString().isEmpty());
    }
    QVERIFY(!m_model->valueOf("no such field").isValid());
}

void TestContextModel::nothingIsEditedWithoutATrace()
{
    m_document->setIndex(nullptr);
    QVERIFY(!(cell("model").flags() & Qt::ItemIsEditable));
    QVERIFY(!m_model->setData(cell("model"), QStringLiteral("GLM")));
    QVERIFY(state("model") == RowState::Missing);
}

void TestContextModel::typedFieldsGoToTheDocument()
{
    const std::size_t missing = m_model->context().missingCount();
    QCOMPARE(shown("model", ContextModel::Note), QStringLiteral("required"));
    QVERIFY(cell("model").data(ContextModel::IsWarningRole).toBool());
    QSignalSpy spy(m_document.get(), &TraceDocument::assessmentChanged);
    QVERIFY(m_model->setData(cell("model"), QStringLiteral("  <b>GLM</b>\n 5.1 ")));
    QCOMPARE(spy.count(), 1);
    QCOMPARE(*statedField(m_document->input(), "model"), std::string("<b>GLM</b> 5.1"));
    QCOMPARE(shown("model"), QStringLiteral("<b>GLM</b> 5.1"));
    QCOMPARE(shown("model", ContextModel::Source), QStringLiteral("typed"));
    QVERIFY(!cell("model").data(Qt::ToolTipRole).toString().contains(QLatin1String("<b>")));
    QVERIFY(shown("model", ContextModel::Note).isEmpty());
    QCOMPARE(m_document->assessment()->context.missingCount(), missing - 1);
    QVERIFY(contextProgress(m_model->context()).startsWith(QString::number(missing - 1)));
    QVERIFY(m_model->setData(cell("model"), QStringLiteral("<b>GLM</b> 5.1"))); // as it is
    QCOMPARE(spy.count(), 1);
}

void TestContextModel::clearingLetsTheOtherSourcesSpeak()
{
    const QString hardware = shown("hardware");
    QCOMPARE(shown("hardware", ContextModel::Source), QStringLiteral("from the trace"));
    QVERIFY(!m_model->canClear(cell("hardware")) && !m_model->clear(cell("hardware")));
    QVERIFY(m_model->setData(cell("hardware"), QStringLiteral("another")));
    QVERIFY(state("hardware") == RowState::Typed);
    QVERIFY(shown("hardware", ContextModel::Note).contains(hardware)); // what the trace says stays in sight
    QVERIFY(m_model->clear(cell("hardware", ContextModel::Name)));     // any cell of the row
    QCOMPARE(shown("hardware"), hardware);
    QVERIFY(m_model->setData(cell("hardware"), QStringLiteral("another")));
    QVERIFY(m_model->setData(cell("hardware"), QString()));
    QCOMPARE(shown("hardware"), hardware);
    QVERIFY(m_document->input().context.empty());
}

void TestContextModel::aHintIsConfirmedAndNotByChance()
{
    // The small loop launches no graphs: that is likely how the server was started, and said nowhere.
    const QString hint = shown("cudagraph_mode");
    QVERIFY(!hint.isEmpty() && state("cudagraph_mode") == RowState::Hint);
    QVERIFY(cell("cudagraph_mode").data(ContextModel::IsWarningRole).toBool());
    QVERIFY(m_model->setData(cell("cudagraph_mode"), hint)); // an editor that was opened and left
    QVERIFY(state("cudagraph_mode") == RowState::Hint);
    QVERIFY(!m_model->canConfirm(cell("model")) && !m_model->confirm(cell("model")));
    const std::size_t missing = m_model->context().missingCount();
    QVERIFY(m_model->confirm(cell("cudagraph_mode", ContextModel::Name)));
    QVERIFY(state("cudagraph_mode") == RowState::Typed);
    QCOMPARE(shown("cudagraph_mode"), hint);
    QCOMPARE(m_model->context().missingCount(), missing - 1);
    QVERIFY(!m_model->canConfirm(cell("cudagraph_mode")));
    QVERIFY(m_model->clear(cell("cudagraph_mode")));
    QVERIFY(state("cudagraph_mode") == RowState::Hint);
}

void TestContextModel::measuredFieldsAreNotEdited()
{
    for (const char* const key : {"tpot_ms", "tokens_per_step", "rank", "trace_tool"}) {
        QVERIFY(!(cell(key).flags() & Qt::ItemIsEditable));
        QVERIFY(!m_model->setData(cell(key), QStringLiteral("3")));
        QVERIFY(!m_model->canConfirm(cell(key)));
    }
    QVERIFY(!(cell("model", ContextModel::Source).flags() & Qt::ItemIsEditable));
}

void TestContextModel::aWindowChangesNothing()
{
    QSignalSpy spy(m_model.get(), &QAbstractItemModel::dataChanged);
    m_document->setWindow({timePointAt(5'000'000), timePointAt(20'000'000)});
    QCOMPARE(spy.count(), 0);
}

void TestContextModel::thresholdsAreTaken_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QLocale>("locale");
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("value");
    const QLocale german(QLocale::German);
    QTest::newRow("share") << "host" << QLocale::c() << " 0.4 " << 0.4;
    QTest::newRow("whole") << "host" << QLocale::c() << "1" << 1.0;
    QTest::newRow("German") << "host" << german << "0,4" << 0.4;
    QTest::newRow("as in files") << "host" << german << "0.4" << 0.4;
    QTest::newRow("slowdown") << "slowdown" << QLocale::c() << "1.25" << 1.25;
}

void TestContextModel::thresholdsAreTaken()
{
    QFETCH(QString, key);
    QFETCH(QLocale, locale);
    QFETCH(QString, text);
    QFETCH(double, value);
    QLocale::setDefault(locale);
    const QByteArray name = key.toUtf8();
    QVERIFY(state(name) == RowState::Standard);
    QCOMPARE(shown(name, ContextModel::Source), QStringLiteral("default"));
    QVERIFY(m_model->setData(cell(name), text));
    VerdictThresholds thresholds = m_document->input().thresholds;
    QCOMPARE(*thresholdOf(thresholds, name.constData()), value);
    QCOMPARE(m_document->assessment()->referenceVerdict().thresholds, thresholds);
    QCOMPARE(shown(name, ContextModel::Source), QStringLiteral("changed"));
    QVERIFY(shown(name, ContextModel::Note).startsWith(QLatin1String("default ")));
    QVERIFY(m_model->clear(cell(name)));
    QVERIFY(m_document->input().thresholds == VerdictThresholds());
    QVERIFY(m_model->setData(cell(name), text));
    QVERIFY(m_model->setData(cell(name), QString()));
    QVERIFY(m_document->input().thresholds == VerdictThresholds());
}

void TestContextModel::thresholdsAreRefused_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("text");
    for (const char* const text : {"1.01", "-0.1", "inf", "nan", "half", "1e999", "0.5 0.6"})
        QTest::addRow("share %s", text) << "host" << QString::fromUtf8(text);
    for (const char* const text : {"0.99", "0", "-inf", "1,3"})
        QTest::addRow("slowdown %s", text) << "slowdown" << QString::fromUtf8(text);
}

void TestContextModel::thresholdsAreRefused()
{
    QFETCH(QString, key);
    QFETCH(QString, text);
    const QByteArray name = key.toUtf8();
    const QString before = shown(name);
    QSignalSpy spy(m_document.get(), &TraceDocument::assessmentChanged);
    QVERIFY(!m_model->setData(cell(name), text));
    QCOMPARE(spy.count(), 0);
    QCOMPARE(shown(name), before);
    QVERIFY(shown(name, ContextModel::Note).endsWith(QLatin1Char('.'))); // a sentence
    QVERIFY(cell(name).data(ContextModel::IsWarningRole).toBool());
    QVERIFY(m_model->setData(cell(name), before)); // it is as it was: nothing to complain of
    QVERIFY(shown(name, ContextModel::Note).isEmpty());
}

void TestContextModel::aCommandFillsItsFields()
{
    QVERIFY(m_model->setData(cell("tp"), QStringLiteral("2")));
    give("vllm serve org/GLM --tensor-parallel-size 8 --max-num-seqs 64 --port 8000 --whatever 3");
    QCOMPARE(shown("max_num_seqs"), QStringLiteral("64"));
    QCOMPARE(shown("max_num_seqs", ContextModel::Source), QStringLiteral("from the server's command"));
    QVERIFY(state("max_num_seqs") == RowState::Filled);
    QCOMPARE(shown("tp"), QStringLiteral("2")); // what is typed goes first
    const ServerCommand& command = *m_document->input().command;
    const QString fills = commandFillsText(command, m_model->context());
    QVERIFY2(fills.contains(QLatin1String("max-num-seqs")) && !fills.contains(QLatin1String(" TP")),
             qPrintable(fills));
    const QString ignored = commandIgnoredText(command);
    QVERIFY2(ignored.contains(QLatin1String("--whatever")), qPrintable(ignored));
}

void TestContextModel::contradictionsStandAtTheRow()
{
    QVERIFY(contradictionLines(m_model->context()).isEmpty());
    AssessmentInput input = m_document->input();
    input.command = ServerCommand{"vllm serve m", {{"hardware", "MI300X"}}, std::nullopt, {}};
    m_document->setInput(input);
    const QStringList lines = contradictionLines(m_model->context());
    QCOMPARE(lines.size(), 1);
    QVERIFY2(lines.front().contains(QLatin1String("MI300X")) &&
                 lines.front().startsWith(shown("hardware", ContextModel::Name)),
             qPrintable(lines.front()));
    QVERIFY(shown("hardware", ContextModel::Note).contains(QLatin1String("MI300X")));
    QVERIFY(cell("hardware").data(ContextModel::IsWarningRole).toBool());
    QVERIFY(m_model->setData(cell("hardware"), QStringLiteral("NVIDIA H100"))); // who types has decided
    QVERIFY(contradictionLines(m_model->context()).isEmpty());
}

void TestContextModel::ceilingsAreOffered()
{
    const QStringList keys = cell("ceiling_key").data(ContextModel::UsualValuesRole).toStringList();
    QVERIFY(keys.size() > 30);
    QVERIFY2(keys.front().startsWith(QLatin1String("h100-sxm.")), qPrintable(keys.front()));
    QVERIFY(m_model->setData(cell("ceiling_key"), keys.front()));
    QVERIFY(shown("ceiling_key", ContextModel::Note).contains(QLatin1String("GB/s")));
    QVERIFY(m_model->setData(cell("ceiling_key"), QStringLiteral("my own")));
    QCOMPARE(shown("ceiling_key", ContextModel::Note), QStringLiteral("not in the table of ceilings"));
    QVERIFY(state("ceiling_key") == RowState::Typed);
    for (const char* const key :
         {"warm_or_cold", "tier", "rigor", "same_node", "async_scheduling", "prefix_caching"})
        QVERIFY(!cell(key).data(ContextModel::UsualValuesRole).toStringList().isEmpty());
    QVERIFY(cell("model").data(ContextModel::UsualValuesRole).toStringList().isEmpty());
}

QTEST_GUILESS_MAIN(TestContextModel)
#include "tst_contextmodel.moc"
