#include "app/mainwindow.h"

#include "app/bottomtabs.h"
#include "app/contextactions.h"
#include "app/dialogs/aboutdialog.h"
#include "app/dialogs/exportdialog.h"
#include "app/dialogs/keysdialog.h"
#include "app/driveractions.h"
#include "app/gapplacebar.h"
#include "app/loadingbar.h"
#include "app/messagepage.h"
#include "app/openquestion.h"
#include "app/previewpage.h"
#include "app/recentfiles.h"
#include "app/salvagepage.h"
#include "app/settings.h"
#include "app/startpage.h"
#include "app/statusstrip.h"
#include "app/stepactions.h"
#include "app/stepbar.h"
#include "app/timelineactions.h"
#include "app/tracepage.h"
#include "app/windowactions.h"
#include "app/windowstyle.h"
#include "core/import/tracefolder.h"
#include "core/import/traceformat.h"
#include "core/report/errortext.h"
#include "core/report/verdicttext.h"
#include "widgets/panels/gapautopsypanel.h"
#include "widgets/panels/gatespanel.h"
#include "widgets/panels/importlogpanel.h"
#include "widgets/panels/measurementfields.h"
#include "widgets/panels/notebar.h"
#include "widgets/panels/verdictbanner.h"
#include "widgets/plots/gaphistogramplot.h"
#include "widgets/timeline/timelinetools.h"
#include "widgets/timeline/timelinewidget.h"
#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/gapnavigator.h"
#include "widgets/viewmodel/importlogmodel.h"
#include "widgets/viewmodel/stepnavigator.h"
#include "widgets/viewmodel/traceloader.h"
#include "widgets/viewmodel/tracestatekeeper.h"
#include "widgets/viewmodel/verdictquote.h"

#include <QActionGroup>
#include <QClipboard>
#include <QCloseEvent>
#include <QDesktopServices>
#include <QDir>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QStackedWidget>
#include <QToolBar>
#include <QUrl>
#include <QVBoxLayout>
#include <QWhatsThis>

#include <map>
#include <utility>

namespace stepscope {

namespace {

constexpr std::size_t mostOffered = 3; // traces of a folder, as buttons
constexpr int nameWidth = 180;

} // namespace

MainWindow::MainWindow(Settings& settings, RecentFiles& recent, TraceLoader& loader, AppTheme& theme,
                       const TraceStateStore* states)
    : m_settings(settings), m_recent(recent), m_loader(loader), m_theme(theme),
      m_document(new TraceDocument(this)), m_viewport(new TimelineViewport(this)),
      m_navigator(new StepNavigator(m_document, m_viewport, this)),
      m_actions(new WindowActions(this, SampleFile::isAvailable())), m_banner(new VerdictBanner),
      m_note(new NoteBar), m_loading(new LoadingBar), m_pages(new QStackedWidget),
      m_startPage(new StartPage(recent, SampleFile::isAvailable())), m_messagePage(new MessagePage),
      m_salvagePage(new SalvagePage), m_tracePage(new TracePage(m_document, m_viewport, settings)),
      m_previewPage(new PreviewPage), m_status(new StatusStrip(this))
{
    setAcceptDrops(true);
    buildToolBar();
    buildLayout();
    connectActions();
    connectPage();
    new StepActions(*m_actions, *m_tracePage, *m_document, this);
    m_driverActions = new DriverActions(*m_actions, *m_document, *m_note, m_settings, this);
    m_contextActions = new ContextActions(*m_actions, *m_document, *m_note, m_settings, this);
    connect(m_tracePage, &TracePage::contextRequested, m_contextActions, &ContextActions::edit);
    connectLoader();
    connect(m_document, &TraceDocument::indexChanged, this, &MainWindow::showIndex);
    connect(m_document, &TraceDocument::assessmentChanged, this, &MainWindow::showAssessment);
    connect(m_document, &TraceDocument::windowReleased, this,
            [this] { m_banner->setAssessment(m_document->index(), m_document->assessment()); });
    connect(&m_recent, &RecentFiles::changed, this, &MainWindow::fillRecentMenu);
    fillRecentMenu();
    setTheme(m_settings.theme());
    applyStyle();
    if (!restoreGeometry(m_settings.windowGeometry()))
        resize(1366, 768);
    showIndex();
    if (states)
        keepState(*states); // after all that starts over with another trace
    auto* const timeline = new TimelineActions(*m_actions, *m_tracePage, *m_viewport, *m_status, this);
    if (m_keeper)
        connect(m_keeper, &TraceStateKeeper::restoredLate, timeline, &TimelineActions::beginHistoryAfresh);
}

MainWindow::~MainWindow()
{
    delete m_keeper;
    delete takeCentralWidget(); // the views go before the document they show
}

void MainWindow::buildLayout()
{
    m_pages->addWidget(m_startPage);
    m_pages->addWidget(m_messagePage);
    m_pages->addWidget(m_salvagePage);
    m_pages->addWidget(m_tracePage);
    m_pages->addWidget(m_previewPage);
    m_previewPage->setColumnWidth(m_tracePage->columnWidth());
    auto* const centre = new QWidget(this);
    auto* const layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_loading);
    layout->addWidget(m_note);
    layout->addWidget(m_banner);
    layout->addWidget(m_pages, 1);
    setCentralWidget(centre);
    setStatusBar(m_status);
    connect(m_status, &StatusStrip::importLogRequested, this, &MainWindow::showImportLog);
    connect(&m_tracePage->timeline(), &TimelineWidget::cursorMoved, m_status, &StatusStrip::setReadout);
    connect(m_startPage, &StartPage::openRequested, this, &MainWindow::chooseFile);
    connect(m_startPage, &StartPage::sampleRequested, this, &MainWindow::openSample);
    connect(m_startPage, &StartPage::recentRequested, this, &MainWindow::openTrace);
    connect(m_messagePage, &MessagePage::openRequested, this, &MainWindow::chooseFile);
    connect(m_salvagePage, &SalvagePage::useRequested, this, &MainWindow::showTrace);
    connect(m_salvagePage, &SalvagePage::logRequested, this, &MainWindow::showImportLog);
    connect(m_salvagePage, &SalvagePage::openRequested, this, &MainWindow::chooseFile);
    connect(m_tracePage, &TracePage::damageRequested, this, &MainWindow::showSalvage);
    connect(m_messagePage, &MessagePage::backRequested, this,
            [this] { m_pages->setCurrentWidget(m_startPage); });
}

void MainWindow::buildToolBar()
{
    auto* const bar = new QToolBar(tr("Toolbar"), this);
    m_toolBar = bar;
    bar->setMovable(false);
    bar->setFloatable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->addAction(m_actions->open);
    bar->addSeparator();
    // Shorter names than in the menu, where the same actions stand among others.
    m_actions->open->setIconText(tr("Open…"));
    m_actions->exportReport->setIconText(tr("Export…"));
    m_actions->automaticWindow->setIconText(tr("Steady-state: auto"));
    m_actions->fitWindow->setIconText(tr("Zoom to window"));
    m_actions->showAll->setIconText(tr("Show all"));
    for (QAction* const action : {m_actions->automaticWindow, m_actions->fitWindow, m_actions->showAll})
        bar->addAction(action);
    bar->addSeparator();
    bar->addWidget(new StepBar(m_navigator, bar));
    bar->addSeparator();
    bar->addAction(m_actions->exportReport);
    addToolBar(bar);
}

void MainWindow::connectActions()
{
    TimelineWidget* const timeline = &m_tracePage->timeline();
    connect(m_actions->open, &QAction::triggered, this, &MainWindow::chooseFile);
    if (m_actions->openSample)
        connect(m_actions->openSample, &QAction::triggered, this, &MainWindow::openSample);
    connect(m_actions->close, &QAction::triggered, this, &MainWindow::closeTrace);
    connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
    connect(m_actions->focusView, &QAction::triggered, timeline, &TimelineWidget::focusView);
    connect(m_actions->fitWindow, &QAction::triggered, timeline, &TimelineWidget::fitWindow);
    connect(m_actions->showAll, &QAction::triggered, timeline, &TimelineWidget::showAll);
    connect(m_actions->zoomIn, &QAction::triggered, timeline, &TimelineWidget::zoomIn);
    connect(m_actions->zoomOut, &QAction::triggered, timeline, &TimelineWidget::zoomOut);
    connect(m_actions->previousStep, &QAction::triggered, this, [this] {
        if (!m_tracePage->timeline().tools().selectNeighbour(Neighbour::Previous))
            m_navigator->showPrevious();
    });
    connect(m_actions->nextStep, &QAction::triggered, this, [this] {
        if (!m_tracePage->timeline().tools().selectNeighbour(Neighbour::Next))
            m_navigator->showNext();
    });
    connect(m_actions->selectView, &QAction::triggered, timeline, &TimelineWidget::selectView);
    connect(m_actions->selectWindow, &QAction::triggered, timeline, &TimelineWidget::selectWindow);
    connect(m_actions->windowStart, &QAction::triggered, timeline, &TimelineWidget::startWindowAtCursor);
    connect(m_actions->windowEnd, &QAction::triggered, timeline, &TimelineWidget::endWindowAtCursor);
    connect(m_actions->automaticWindow, &QAction::triggered, this, [this] {
        m_document->setAutomaticWindow();
        m_actions->automaticWindow->setChecked(m_document->isAutomaticWindow());
    });
    connect(m_actions->runnerUpWindow, &QAction::triggered, this, [this] {
        m_document->setRunnerUpWindow();
        m_actions->runnerUpWindow->setChecked(m_document->isRunnerUpWindow());
    });
    connect(m_actions->themes, &QActionGroup::triggered, this, [this](QAction* action) {
        m_settings.setTheme(WindowActions::themeOf(action));
        setTheme(WindowActions::themeOf(action));
    });
    connect(m_actions->whatsThis, &QAction::triggered, this, [] { QWhatsThis::enterWhatsThisMode(); });
    connect(m_actions->keys, &QAction::triggered, this, [this] { KeysDialog(actions(), this).exec(); });
    connect(m_actions->about, &QAction::triggered, this, [this] { AboutDialog(this).exec(); });
}

void MainWindow::connectPage()
{
    connect(m_actions->exportReport, &QAction::triggered, this, &MainWindow::exportReport);
    connect(m_actions->sayIt, &QAction::triggered, this, &MainWindow::copyVerdict);
    connect(m_actions->nextGap, &QAction::triggered, &m_tracePage->gaps(), &GapNavigator::showNext);
    connect(m_actions->previousGap, &QAction::triggered, &m_tracePage->gaps(), &GapNavigator::showPrevious);
    connect(m_actions->shorterGaps, &QAction::triggered, &m_tracePage->histogram(),
            &GapHistogramPlot::chooseShorter);
    connect(m_actions->longerGaps, &QAction::triggered, &m_tracePage->histogram(),
            &GapHistogramPlot::chooseLonger);
    connect(m_actions->allGaps, &QAction::triggered, &m_tracePage->gaps(), &GapNavigator::clearBands);
    connect(&m_tracePage->gaps(), &GapNavigator::bandsChanged, this,
            [this] { m_actions->allGaps->setEnabled(m_tracePage->gaps().bands().has_value()); });
    m_tracePage->tabs().setCorner(
        &m_tracePage->gapAutopsy(),
        new GapPlaceBar(&m_tracePage->gaps(), m_actions->previousGap, m_actions->nextGap));
    connect(m_actions->launchOrWork, &QAction::triggered, m_tracePage, &TracePage::showLaunchOrWork);
    connect(m_actions->importLog, &QAction::triggered, this, &MainWindow::showImportLog);
    connect(m_actions->nextTab, &QAction::triggered, &m_tracePage->tabs(), &BottomTabs::showNext);
    connect(m_actions->nextGate, &QAction::triggered, &m_tracePage->gatesPanel(), &GatesPanel::showNext);
    connect(m_actions->previousGate, &QAction::triggered, &m_tracePage->gatesPanel(),
            &GatesPanel::showPrevious);
}

void MainWindow::keepState(const TraceStateStore& states)
{
    m_keeper = new TraceStateKeeper(states, m_document, m_viewport, &m_tracePage->lanes(), this);
    // What was typed is kept at once, the edges of the window too.
    connect(&m_tracePage->measurementFields(), &MeasurementFields::windowEntered, m_keeper,
            &TraceStateKeeper::flush);
    connect(m_keeper, &TraceStateKeeper::problemFound, this, [this](const QString& problem) {
        m_note->showNote(tr("What you change on this trace may not be remembered"), problem, Colour::Warn);
    });
}

void MainWindow::connectLoader()
{
    connect(m_loading, &LoadingBar::cancelRequested, m_actions->stopOpening, &QAction::trigger);
    connect(m_actions->stopOpening, &QAction::triggered, &m_loader, &TraceLoader::cancel);
    connect(&m_loader, &TraceLoader::started, this, [this](const QString& path) {
        m_note->hide();
        m_loading->start(path);
        m_actions->setLoading(true);
    });
    connect(&m_loader, &TraceLoader::progressed, m_loading, &LoadingBar::setProgress);
    connect(&m_loader, &TraceLoader::previewed, this, &MainWindow::showPreview);
    connect(&m_loader, &TraceLoader::loaded, this, &MainWindow::showLoaded);
    connect(&m_loader, &TraceLoader::identified, m_document, &TraceDocument::identify);
    connect(&m_loader, &TraceLoader::outdated, this, &MainWindow::showOutdated);
    connect(&m_loader, &TraceLoader::failed, this, &MainWindow::showFailed);
    connect(&m_loader, &TraceLoader::cancelled, this, &MainWindow::endLoading);
}

void MainWindow::openTrace(const QString& path)
{
    m_loader.open({QFileInfo(path).absoluteFilePath()});
}

void MainWindow::openTraces(const QStringList& paths)
{
    std::map<TraceFormat, QStringList> byFormat;
    TraceFormat first = TraceFormat::KinetoJson;
    for (const QString& path : paths) {
        const QString file = QFileInfo(path).absoluteFilePath();
        const Result<TraceFormatProbe> probe = probeTrace(QFile::encodeName(file).toStdString());
        if (byFormat.empty() && probe)
            first = probe->format;
        byFormat[probe ? probe->format : first] += file; // what is no trace is refused with the others
    }
    for (const auto& [format, files] : byFormat) {
        if (format == first)
            m_loader.open(files);
        else
            emit windowRequested(files);
    }
}

void MainWindow::openSample()
{
    if (const std::optional<QString> path = m_sample.path())
        m_loader.open({*path});
    else
        showFailed(tr("the sample"),
                   Error{ErrorCode::FileNotReadable, tr("no room for a temporary copy").toStdString()});
}

void MainWindow::closeTrace()
{
    m_note->hide();
    m_document->setIndex(nullptr);
    m_status->setTrace(nullptr, {});
}

void MainWindow::chooseFile()
{
    const QStringList paths = QFileDialog::getOpenFileNames(
        this, tr("Open a trace, or the files of all ranks"), m_settings.lastFolder(),
        tr("Traces (*.sqlite *.nsys-rep *.qdrep *.json *.json.gz *.gz);;All files (*)"));
    if (paths.isEmpty())
        return;
    m_settings.setLastFolder(QFileInfo(paths.first()).absolutePath());
    openTraces(paths);
}

void MainWindow::exportReport()
{
    if (!m_document->isOpen())
        return;
    ExportDialog dialog(m_document, m_settings, this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    const ReportRequest done = dialog.request();
    m_note->showNote(
        displaytext::counted(static_cast<std::uint64_t>(dialog.listedFiles().size()),
                             tr("1 file was written"), tr("%1 files were written")),
        tr("%1 in %2")
            .arg(dialog.listedFiles().join(QStringLiteral(" · ")), QDir::toNativeSeparators(done.folder)),
        Colour::Pass, tr("Show the folder"),
        [folder = done.folder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
}

void MainWindow::copyVerdict()
{
    if (!m_document->isOpen())
        return;
    QGuiApplication::clipboard()->setText(verdictQuote(*m_document->index(), *m_document->assessment()));
    m_status->showMessage(tr("The verdict is on the clipboard, with what it was measured on"), 4000);
}

void MainWindow::showLoaded(const std::shared_ptr<const TraceIndex>& index, std::chrono::milliseconds took)
{
    endLoading();
    m_document->setIndex(index);
    m_status->setTrace(index, took);
    if (const QString again = std::exchange(m_outdated, {}); again == m_loader.path())
        noteChanged(QFileInfo(again).fileName(), m_loader.answers().hashesWhileReading, true);
    remember(m_document->assessment());
    if (isSalvaged(index->trace()))
        showSalvage();
    else
        m_tracePage->timeline().setFocus();
}

void MainWindow::showPreview(const std::shared_ptr<const TracePreview>& preview)
{
    if (m_document->isOpen()) // whoever works with a trace is not interrupted
        return;
    m_previewPage->setPreview(preview);
    if (showsPreview())
        return;
    m_pageBefore = m_pages->currentWidget();
    m_loading->setRoom(m_banner->usualHeight());
    showPage(m_previewPage);
}

void MainWindow::showOutdated(const std::shared_ptr<const TraceIndex>& index, const QStringList& paths,
                              const LoadAnswers& answers)
{
    if (!m_document->isOpen() || m_document->index()->sharedTrace() != index->sharedTrace())
        return;
    const CaptureInfo& capture = index->trace().capture();
    const QString name = QFileInfo(QFile::decodeName(capture.path.c_str())).fileName();
    const bool changedMeanwhile = capture.sha256.known() == std::string(); // it was never kept
    closeTrace();               // not one number of it is shown any longer
    if (m_loader.isLoading()) { // the user is at another one already
        noteChanged(name, changedMeanwhile, false);
        return;
    }
    m_loader.open(paths, answers);
    m_outdated = m_loader.path();
}

/// Of a file that was changed while it was read, or since it was kept; it may have been read again.
void MainWindow::noteChanged(const QString& name, bool isMeanwhile, bool isReadAgain)
{
    if (isMeanwhile)
        m_note->showNote(tr("%1 changed while it was read").arg(name),
                         isReadAgain ? tr("Now it was read again.") : tr("Open it again to read it."),
                         Colour::Warn);
    else
        m_note->showNote(tr("%1 has changed since it was last opened").arg(name),
                         isReadAgain
                             ? tr("It was shown as it had been kept from then; now it was read again.")
                             : tr("It was shown as it had been kept from then. Open it again to read it."),
                         Colour::Warn);
}

void MainWindow::showFailed(const QString& path, const Error& error)
{
    endLoading();
    const bool isQuestion = error.code == ErrorCode::NeedsMemory || error.code == ErrorCode::SuspiciousGzip;
    const QString title = (isQuestion ? tr("%1 was not opened yet") : tr("%1 could not be opened"))
                              .arg(QFileInfo(path).fileName());
    const QString text = displaytext::error(error, path);
    std::vector<Choice> choices = OpenQuestion::choices(
        error, m_loader.answers(),
        [this, paths = m_loader.paths()](const LoadAnswers& answers) { m_loader.open(paths, answers); });
    if (error.code == ErrorCode::NsysReport)
        choices.push_back({tr("Copy the command"),
                           [this, path] {
                               QGuiApplication::clipboard()->setText(QFile::decodeName(
                                   nsysExportCommand(QFile::encodeName(path).toStdString()).c_str()));
                               m_status->showMessage(tr("The command is on the clipboard"), 4000);
                           },
                           true});
    if (error.code == ErrorCode::IsDirectory) {
        for (const std::string& name : traceNamesIn(QFile::encodeName(path).toStdString(), {}, mostOffered)) {
            const QString file = QFile::decodeName(name.c_str());
            choices.push_back({tr("Open %1").arg(fontMetrics().elidedText(file, Qt::ElideMiddle, nameWidth)),
                               [this, path, file] { openTrace(QDir(path).filePath(file)); }});
        }
    }
    if (m_document->isOpen()) {
        m_note->showNote(title, text, isQuestion ? Colour::Warn : Colour::Fail, tr("Open another…"),
                         [this] { chooseFile(); });
        m_note->addChoices(choices);
        return;
    }
    m_messagePage->setMessage(title, text, choices);
    m_pages->setCurrentWidget(m_messagePage);
}

void MainWindow::endLoading()
{
    m_loading->hide();
    m_actions->setLoading(false);
    if (showsPreview())
        showPage(m_pageBefore);
}

void MainWindow::showSalvage()
{
    if (!m_document->isOpen() || !isSalvaged(m_document->index()->trace()))
        return;
    m_salvagePage->setText(salvageText(*m_document->index(), *m_document->assessment()),
                           m_tracePage->importLog().model().entryCount());
    showPage(m_salvagePage);
    m_salvagePage->setFocus();
}

void MainWindow::showTrace()
{
    if (!m_document->isOpen())
        return;
    showPage(m_tracePage);
    m_tracePage->timeline().setFocus();
}

void MainWindow::showImportLog()
{
    showTrace();
    m_tracePage->showImportLog();
}

void MainWindow::showPage(QWidget* page)
{
    // What stands around the trace is of no use before it.
    m_banner->setVisible(page == m_tracePage);
    m_toolBar->setVisible(page == m_tracePage || page == m_previewPage);
    m_status->setVisible(page == m_tracePage);
    m_pages->setCurrentWidget(page);
}

void MainWindow::showIndex()
{
    const bool isOpen = m_document->isOpen();
    m_actions->setTraceOpen(isOpen);
    fillDeviceMenu();
    showPage(isOpen ? static_cast<QWidget*>(m_tracePage) : m_startPage);
    const QString path =
        isOpen ? QFile::decodeName(m_document->index()->trace().capture().path.c_str()) : QString();
    setWindowTitle(isOpen ? tr("%1 — StepScope").arg(QFileInfo(path).fileName()) : tr("StepScope"));
}

void MainWindow::showAssessment(const std::shared_ptr<const Assessment>& assessment)
{
    m_banner->setAssessment(m_document->index(), assessment, m_document->isWindowHeld());
    m_actions->automaticWindow->setChecked(assessment && m_document->isAutomaticWindow());
    m_actions->runnerUpWindow->setChecked(assessment && m_document->isRunnerUpWindow());
    m_actions->setRunnerUp(m_document->runnerUpWindow().has_value());
}

void MainWindow::remember(const std::shared_ptr<const Assessment>& assessment)
{
    const QString path = QFile::decodeName(m_document->index()->trace().capture().path.c_str());
    if (m_sample.contains(path) || !QFileInfo::exists(path)) // a choice of files cannot be opened by one path
        return;
    const VerdictClass verdict = assessment->referenceVerdict().verdict;
    m_recent.add(
        {path, displaytext::core(verdictWord(verdict)), verdictTone(verdict), QDateTime::currentDateTime()});
}

void MainWindow::fillRecentMenu()
{
    m_actions->recentMenu->clear();
    for (const RecentFile& file : m_recent.files()) {
        QString name = QFileInfo(file.path).fileName();
        QAction* const action =
            m_actions->recentMenu->addAction(name.replace(QLatin1Char('&'), QLatin1String("&&")));
        action->setStatusTip(file.path);
        connect(action, &QAction::triggered, this, [this, path = file.path] { openTrace(path); });
    }
    m_actions->recentMenu->menuAction()->setEnabled(!m_recent.files().empty());
    if (m_recent.files().empty())
        return;
    m_actions->recentMenu->addSeparator();
    connect(m_actions->recentMenu->addAction(tr("Clear the list")), &QAction::triggered, &m_recent,
            &RecentFiles::clear);
}

void MainWindow::fillDeviceMenu()
{
    m_actions->deviceMenu->clear();
    if (!m_document->isOpen())
        return;
    auto* const group = new QActionGroup(m_actions->deviceMenu);
    const Trace& trace = m_document->index()->trace();
    for (std::size_t i = 0; i < trace.devices().size(); ++i) {
        const DeviceId device(i);
        QAction* const action = m_actions->deviceMenu->addAction(displaytext::deviceName(trace, device));
        action->setCheckable(true);
        action->setChecked(device == m_document->reference());
        group->addAction(action);
        connect(action, &QAction::triggered, m_document,
                [this, device] { m_document->setReference(device); });
    }
}

bool MainWindow::showsSalvage() const
{
    return m_pages->currentWidget() == m_salvagePage;
}

bool MainWindow::showsPreview() const
{
    return m_pages->currentWidget() == m_previewPage;
}

bool MainWindow::showsMessage() const
{
    return m_pages->currentWidget() == m_messagePage;
}

void MainWindow::setTheme(ThemeChoice theme)
{
    m_theme.apply(theme);
    m_actions->setTheme(theme);
    applyStyle();
}

void MainWindow::applyStyle()
{
    const QString sheet = windowStyleSheet(TracePalette::matching(QGuiApplication::palette()));
    if (styleSheet() != sheet)
        setStyleSheet(sheet);
}

void MainWindow::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        applyStyle();
    QMainWindow::changeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (!urls.isEmpty() && urls.first().isLocalFile())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    QStringList traces;
    for (const QUrl& url : event->mimeData()->urls()) {
        const QString path = url.toLocalFile();
        if (!path.isEmpty() && !m_driverActions->takeFile(path) && !m_contextActions->takeFile(path))
            traces += path;
    }
    if (!traces.isEmpty())
        openTraces(traces);
    event->acceptProposedAction();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    m_loader.cancel();
    if (m_keeper)
        m_keeper->flush();
    m_settings.setWindowGeometry(saveGeometry());
    QMainWindow::closeEvent(event);
}

} // namespace stepscope
