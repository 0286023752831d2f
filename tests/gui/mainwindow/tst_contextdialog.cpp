#include "app/contextactions.h"
#include "app/dialogs/contextview.h"
#include "app/mainwindow.h"
#include "app/recentfiles.h"
#include "app/settings.h"
#include "app/tracepage.h"
#include "core/gates/statedcontext.h"
#include "core/report/budgetreport.h"
#include "core/report/exportfiles.h"
#include "tests/gui/timeline/smalltrace.h"
#include "widgets/panels/contextpanel.h"
#include "widgets/panels/gaterow.h"
#include "widgets/panels/gatespanel.h"
#include "widgets/panels/notebar.h"
#include "widgets/viewmodel/contextmodel.h"
#include "widgets/viewmodel/tracedocument.h"
#include "widgets/viewmodel/traceloader.h"
#include "widgets/viewmodel/verdictquote.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace stepscope;

/// The measurement context as a user fills it, in the whole window.
class TestContextDialog : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void opensFromEverywhere();
    void aTypedFieldCounts();
    void usualValuesAreOffered();
    void keysConfirmAndClear();
    void aWrongThresholdChangesNothing();
    void filledItIsAVerdict();
    void aCommandIsPasted();
    void aContradictionIsToldEverywhere();
    void filesAreSavedAndLoaded();
    void filesAreDropped();
    void revertGoesBackAndKeepsTheRest();
    void closesWithTheTrace();
    void everythingSaysWhatItIs();

private:
    QAction* action(const QString& text) const;
    ContextDialog& dialog() const { return *m_window->contextActions().dialog(); }
    ContextModel& model() const { return dialog().model(); }
    void openDialog();
    void goTo(const char* key);
    void type(const char* key, const QString& text);
    void drop(QWidget* target, const QString& path);
    QString write(const char* name, const QByteArray& content);
    TraceDocument& document() { return const_cast<TraceDocument&>(m_window->document()); }
    const MeasurementContext& context() const { return m_window->document().assessment()->context; }

    QTemporaryDir m_folder;
    std::unique_ptr<AppTheme> m_theme;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<RecentFiles> m_recent;
    std::unique_ptr<TraceLoader> m_loader;
    std::unique_ptr<MainWindow> m_window;
};

void TestContextDialog::initTestCase()
{
    QCoreApplication::setApplicationName(QStringLiteral("tst_contextdialog"));
    QCoreApplication::setOrganizationName(QStringLiteral("stepscope"));
    QLocale::setDefault(QLocale::c());
    m_theme = std::make_unique<AppTheme>(*qApp);
}

void TestContextDialog::init()
{
    m_settings = std::make_unique<Settings>();
    m_settings->store().clear();
    m_recent = std::make_unique<RecentFiles>(m_settings->store());
    m_loader = std::make_unique<TraceLoader>(
        [](const std::vector<std::string>& paths, const LoadAnswers&, Progress&) -> Result<IndexedTrace> {
            if (paths.front().ends_with("good.json"))
                return testing::smallIndex(2, 40);
            return Error{ErrorCode::EmptyFile, {}};
        });
    m_window = std::make_unique<MainWindow>(*m_settings, *m_recent, *m_loader, *m_theme);
    m_window->resize(1366, 768);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QSignalSpy loaded(m_loader.get(), &TraceLoader::loaded);
    m_window->openTrace(QStringLiteral("/tmp/good.json"));
    QVERIFY(loaded.count() > 0 || loaded.wait());
}

void TestContextDialog::cleanup()
{
    m_window.reset();
    m_loader.reset();
    m_recent.reset();
    m_settings.reset();
}

QAction* TestContextDialog::action(const QString& text) const
{
    for (QAction* const candidate : m_window->actions()) {
        if (candidate->text().remove(QLatin1Char('&')) == text)
            return candidate;
    }
    return nullptr;
}

void TestContextDialog::openDialog()
{
    action(QStringLiteral("Edit measurement context…"))->trigger();
    QVERIFY(QTest::qWaitForWindowActive(&dialog()));
    QTRY_COMPARE(QApplication::focusWidget(), static_cast<QWidget*>(&dialog().view()));
}

void TestContextDialog::goTo(const char* key)
{
    dialog().view().setCurrentIndex(model().valueOf(key));
}

void TestContextDialog::type(const char* key, const QString& text)
{
    goTo(key);
    QTest::keyClick(&dialog().view(), Qt::Key_Return);
    QWidget* const editor = QApplication::focusWidget();
    auto* const line = qobject_cast<QLineEdit*>(editor);
    auto* const box = qobject_cast<QComboBox*>(editor);
    QVERIFY(line || box);
    (line ? line : box->lineEdit())->selectAll();
    QTest::keyClicks(editor, text);
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(QApplication::focusWidget(), static_cast<QWidget*>(&dialog().view()));
}

QString TestContextDialog::write(const char* name, const QByteArray& content)
{
    QFile file(m_folder.filePath(QString::fromUtf8(name)));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write");
    file.write(content);
    return file.fileName();
}

void TestContextDialog::drop(QWidget* target, const QString& path)
{
    QMimeData mime;
    mime.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(20, 20), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(target, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event(QPointF(20, 20), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(target, &event);
}

void TestContextDialog::opensFromEverywhere()
{
    QVERIFY(!m_window->contextActions().dialog());
    QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
    QVERIFY(m_window->contextActions().dialog() && dialog().isVisible() && !dialog().isModal());
    QPointer<ContextDialog> first = &dialog();
    action(QStringLiteral("Edit measurement context…"))->trigger();
    QCOMPARE(&dialog(), first.data()); // one, and no second
    dialog().close();
    QTRY_VERIFY(!first);

    for (QPushButton* const button : m_window->tracePage().contextPanel().findChildren<QPushButton*>())
        button->click();
    QVERIFY(m_window->contextActions().dialog());
    first = &dialog();
    dialog().close();
    QTRY_VERIFY(!first);

    for (GateRow* const gate : m_window->tracePage().gatesPanel().rows()) {
        if (gate->gate().gate == GateId::ContextComplete)
            gate->activate();
    }
    QVERIFY(m_window->contextActions().dialog() && dialog().isVisible());
}

void TestContextDialog::aTypedFieldCounts()
{
    openDialog();
    const std::size_t missing = context().missingCount();
    QVERIFY(dialog().progress().startsWith(QString::number(missing)));
    QTest::keyClicks(&dialog().view(), QStringLiteral("G")); // at the first missing field, just type
    auto* const line = qobject_cast<QLineEdit*>(QApplication::focusWidget());
    QVERIFY(line);
    QCOMPARE(line->text(), QStringLiteral("G"));
    QTest::keyClicks(line, QStringLiteral("LM"));
    QTest::keyClick(line, Qt::Key_Tab); // on to the next field
    QCOMPARE(*statedField(m_window->document().input(), "model"), std::string("GLM"));
    auto* const next = qobject_cast<QLineEdit*>(QApplication::focusWidget());
    QVERIFY(next && next != line);
    QTest::keyClick(next, Qt::Key_Escape);
    QVERIFY(dialog().isVisible()); // Esc ends the editor alone
    QCOMPARE(context().missingCount(), missing - 1);
    QVERIFY(dialog().progress().startsWith(QString::number(missing - 1)));
    QVERIFY(m_window->tracePage().contextPanel().remark().startsWith(QString::number(missing - 1)));
    const GateResult& gate = m_window->document().assessment()->referenceGates().back();
    QVERIFY(gate.gate == GateId::ContextComplete);
    QCOMPARE(gate.evidence.front().value, static_cast<double>(missing - 1));
}

void TestContextDialog::usualValuesAreOffered()
{
    openDialog();
    goTo("rigor");
    QTest::keyClick(&dialog().view(), Qt::Key_F2);
    auto* const box = qobject_cast<QComboBox*>(QApplication::focusWidget());
    QVERIFY(box && box->isEditable());
    QCOMPARE(box->count(), 4);
    QTest::keyClick(box, Qt::Key_Down);
    QTest::keyClick(box, Qt::Key_Down);
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_VERIFY(statedField(m_window->document().input(), "rigor"));
    QTRY_COMPARE(QApplication::focusWidget(), static_cast<QWidget*>(&dialog().view()));
    type("ceiling_key", QStringLiteral("our own"));
    QCOMPARE(*statedField(m_window->document().input(), "ceiling_key"), std::string("our own"));
}

void TestContextDialog::keysConfirmAndClear()
{
    openDialog();
    const std::size_t missing = context().missingCount();
    const ContextField& field = *context().find("cudagraph_mode");
    QVERIFY(field.source == ContextSource::Hint);
    QVERIFY(m_window->tracePage().contextPanel().hintText().startsWith(QLatin1String("not confirmed")));
    goTo("cudagraph_mode");
    QTest::keyClick(&dialog().view(), Qt::Key_Space);
    QCOMPARE(context().missingCount(), missing - 1);
    QVERIFY(m_window->tracePage().contextPanel().hintText().isEmpty());
    QTest::keyClick(&dialog().view(), Qt::Key_Delete);
    QCOMPARE(context().missingCount(), missing);
    QTest::keyClick(&dialog().view(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(context().missingCount(), missing - 1);
    QTest::keyClick(&dialog().view(), Qt::Key_Space); // nothing to confirm: nothing happens
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget*>(&dialog().view()));
}

void TestContextDialog::aWrongThresholdChangesNothing()
{
    openDialog();
    type("host", QStringLiteral("1.5"));
    QVERIFY(m_window->document().input().thresholds == VerdictThresholds());
    const QString note = model().valueOf("host").siblingAtColumn(ContextModel::Note).data().toString();
    QVERIFY2(note.contains(QLatin1String("from 0 to 1")), qPrintable(note));
    type("host", QStringLiteral("0.4"));
    QCOMPARE(m_window->document().input().thresholds.host, 0.4);
    QVERIFY(dialog().isVisible());
}

void TestContextDialog::filledItIsAVerdict()
{
    openDialog();
    const auto csv = [this] {
        for (const ExportFile& file :
             exportFiles(*m_window->document().assessment(), *m_window->document().index())) {
            if (file.name == "budget.csv")
                return QByteArray::fromStdString(file.content);
        }
        return QByteArray();
    };
    QVERIFY(csv().contains(",DRAFT,") && !csv().contains(",VERDICT,"));
    const auto quote = [this] {
        return verdictQuote(*m_window->document().index(), *m_window->document().assessment());
    };
    QVERIFY(quote().contains(QLatin1String("DRAFT")));
    const MeasurementContext before = context();
    for (const ContextField& field : before.fields()) {
        if (!field.isRequired || field.isFilled())
            continue;
        QCOMPARE(labelOf(context()), "DRAFT");
        QVERIFY(model().setData(model().valueOf(field.key), QStringLiteral("x")));
    }
    QCOMPARE(labelOf(context()), "VERDICT");
    QVERIFY(csv().contains(",VERDICT,") && !csv().contains(",DRAFT,"));
    QVERIFY(quote().contains(QLatin1String("VERDICT")) && !quote().contains(QLatin1String("DRAFT")));
    QVERIFY(dialog().progress().startsWith(QLatin1String("All ")));
    QCOMPARE(m_window->tracePage().contextPanel().remark(), QStringLiteral("complete"));
    QVERIFY(m_window->document().assessment()->referenceGates().back().state == GateState::Pass);
}

void TestContextDialog::aCommandIsPasted()
{
    QAction* const paste = action(QStringLiteral("Paste server command"));
    QVERIFY(paste && paste->isEnabled());
    const std::size_t missing = context().missingCount();
    QApplication::clipboard()->setText(QStringLiteral("no command"));
    paste->trigger();
    QVERIFY(m_window->noteBar().isVisible() && !m_window->document().input().command);

    QApplication::clipboard()->setText(
        QStringLiteral("vllm serve org/GLM --tensor-parallel-size 8 --max-num-seqs 64 --my-own 3"));
    paste->trigger();
    QVERIFY(m_window->document().input().command);
    QVERIFY(context().missingCount() < missing);
    QVERIFY2(m_window->noteBar().text().contains(QLatin1String("max-num-seqs")) &&
                 m_window->noteBar().text().contains(QLatin1String("--my-own")),
             qPrintable(m_window->noteBar().text()));
    for (QPushButton* const button : m_window->noteBar().findChildren<QPushButton*>())
        button->click(); // "Take back"
    QVERIFY(!m_window->document().input().command && !m_window->noteBar().isVisible());
    QCOMPARE(context().missingCount(), missing);

    openDialog();
    paste->trigger(); // with the dialog open it is told there
    QVERIFY(!m_window->noteBar().isVisible());
    QVERIFY(dialog().commandText().contains(QLatin1String("max-num-seqs")) &&
            dialog().commandText().contains(QLatin1String("--my-own")));
    QApplication::clipboard()->setText(QStringLiteral("no command"));
    paste->trigger();
    QVERIFY(dialog().outcome().isVisible() && m_window->document().input().command);
}

void TestContextDialog::aContradictionIsToldEverywhere()
{
    openDialog();
    QVERIFY(dialog().contradictions().isEmpty());
    QVERIFY(m_window->tracePage().contextPanel().contradictions().isEmpty());
    AssessmentInput input = m_window->document().input();
    input.command = ServerCommand{"vllm serve m", {{"hardware", "MI300X"}}, std::nullopt, {}};
    document().setInput(input);
    for (const QString& text :
         {dialog().contradictions(), m_window->tracePage().contextPanel().contradictions()})
        QVERIFY2(text.contains(QLatin1String("H100")) && text.contains(QLatin1String("MI300X")),
                 qPrintable(text));
    QVERIFY(model().setData(model().valueOf("hardware"), QStringLiteral("MI300X"))); // decided
    QVERIFY(dialog().contradictions().isEmpty());
    QVERIFY(m_window->tracePage().contextPanel().contradictions().isEmpty());
}

void TestContextDialog::filesAreSavedAndLoaded()
{
    openDialog();
    QVERIFY(model().setData(model().valueOf("model"), QStringLiteral("GLM")));
    QVERIFY(model().setData(model().valueOf("tp"), QStringLiteral("8")));
    QVERIFY(model().setData(model().valueOf("host"), QStringLiteral("0.45")));
    const AssessmentInput stated = m_window->document().input();
    const QString path = m_folder.filePath(QStringLiteral("saved.json"));
    auto& actions = const_cast<ContextActions&>(m_window->contextActions());
    QVERIFY(actions.save(path));
    QVERIFY(dialog().outcome().isVisible());
    QVERIFY(model().setData(model().valueOf("tp"), QStringLiteral("4")));
    QVERIFY(model().setData(model().valueOf("dataset"), QStringLiteral("random")));
    actions.load(path);
    QVERIFY(m_window->document().input() == stated);
    actions.load(write("bad.json", R"({"modle": "GLM"})"));
    QVERIFY(m_window->document().input() == stated);
    QVERIFY2(dialog().outcome().text().contains(QLatin1String("modle")),
             qPrintable(dialog().outcome().text()));
    QVERIFY(!actions.save(m_folder.filePath(QStringLiteral("no/such/folder.json"))));
}

void TestContextDialog::filesAreDropped()
{
    drop(m_window.get(), write("context.json", R"({"model": "GLM", "tp": 8, "thresholds": {"host": 0.4}})"));
    QCOMPARE(*statedField(m_window->document().input(), "tp"), std::string("8"));
    QCOMPARE(m_window->document().input().thresholds.host, 0.4);
    QCOMPARE(m_window->noteBar().title(), QStringLiteral("The context file was read"));
    drop(m_window.get(), write("typo.json", R"({"model": "GLM", "hradware": "B200"})"));
    QVERIFY(m_window->noteBar().text().contains(QLatin1String("hradware")));

    QSignalSpy failed(m_loader.get(), &TraceLoader::failed);
    const QByteArray trace = R"({"traceEvents": [], "command": "vllm serve m"})";
    drop(m_window.get(), write("trace.json", trace)); // is opened, as it was before
    QVERIFY(failed.count() > 0 || failed.wait());
    QVERIFY(!m_window->document().input().command);

    openDialog();
    drop(&dialog(), write("trace.json", trace));
    QVERIFY(dialog().outcome().text().contains(QLatin1String("trace.json")));
    drop(&dialog(), write("serve.txt", "vllm serve m --max-num-seqs 8"));
    QVERIFY(m_window->document().input().command);
}

void TestContextDialog::revertGoesBackAndKeepsTheRest()
{
    QVERIFY(const_cast<ContextActions&>(m_window->contextActions())
                .takeFile(write("context.json", R"({"tp": 8})")));
    openDialog();
    QVERIFY(model().setData(model().valueOf("tp"), QStringLiteral("4")));
    QVERIFY(model().setData(model().valueOf("host"), QStringLiteral("0.45")));
    DriverNumbers driver = m_window->document().driver();
    driver.clean.tpotMilliseconds = 1.5;
    document().setDriver(driver);
    dialog().revert();
    QCOMPARE(*statedField(m_window->document().input(), "tp"), std::string("8"));
    QVERIFY(m_window->document().input().thresholds == VerdictThresholds());
    QCOMPARE(m_window->document().driver().clean.tpotMilliseconds, std::optional(1.5));
}

void TestContextDialog::closesWithTheTrace()
{
    openDialog();
    const QPointer<ContextDialog> open = &dialog();
    m_window->closeTrace();
    QTRY_VERIFY(!open);
    for (const char* const name :
         {"Edit measurement context…", "Paste server command", "Load context file…", "Save context file…"})
        QVERIFY(!action(QString::fromUtf8(name))->isEnabled());
}

void TestContextDialog::everythingSaysWhatItIs()
{
    openDialog();
    for (const QLabel* const label : dialog().findChildren<QLabel*>())
        QVERIFY2(label->textFormat() == Qt::PlainText, qPrintable(label->text()));
    for (const QPushButton* const button : dialog().findChildren<QPushButton*>()) {
        if (!button->text().isEmpty())
            QVERIFY2(!button->toolTip().isEmpty() && !button->whatsThis().isEmpty(),
                     qPrintable(button->text()));
    }
    QVERIFY(dialog().minimumSizeHint().width() <= 1000 && dialog().minimumSizeHint().height() <= 600);
}

QTEST_MAIN(TestContextDialog)
#include "tst_contextdialog.moc"
