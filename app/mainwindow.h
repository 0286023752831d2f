#pragma once

#include "app/samplefile.h"
#include "core/base/result.h"
#include "core/gates/assessment.h"
#include "core/trace/tracepreview.h"
#include "widgets/theme/apptheme.h"

#include <QMainWindow>

#include <chrono>
#include <memory>

class QStackedWidget;
class QToolBar;

namespace stepscope {

class LoadingBar;
class MessagePage;
struct LoadAnswers;
class ContextActions;
class DriverActions;
class NoteBar;
class PreviewPage;
class RecentFiles;
class SalvagePage;
class Settings;
class StartPage;
class StatusStrip;
class StepNavigator;
class TimelineViewport;
class TraceDocument;
class TraceLoader;
class TracePage;
class TraceStateKeeper;
class TraceStateStore;
class VerdictBanner;
class WindowActions;

/// The window: one trace at a time. It wires document, loader, actions and panels together and holds no
/// numbers.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    /// All must outlive the window. Without `states` nothing is remembered of a trace.
    MainWindow(Settings& settings, RecentFiles& recent, TraceLoader& loader, AppTheme& theme,
               const TraceStateStore* states = nullptr);
    ~MainWindow() override;

    /// Opens in the background; the trace that is open stays until the new one is there.
    void openTrace(const QString& path);
    /// One file, or the files of a rank set as one trace. Files of another format ask for a window of their
    /// own.
    void openTraces(const QStringList& paths);
    void openSample();
    void closeTrace();
    /// For this run only; the menu's choice is remembered.
    void setTheme(ThemeChoice theme);

    const TraceDocument& document() const { return *m_document; }
    const TracePage& tracePage() const { return *m_tracePage; }
    const VerdictBanner& banner() const { return *m_banner; }
    const NoteBar& noteBar() const { return *m_note; }
    const ContextActions& contextActions() const { return *m_contextActions; }
    const MessagePage& messagePage() const { return *m_messagePage; }
    bool showsMessage() const;
    const SalvagePage& salvagePage() const { return *m_salvagePage; }
    /// Whether the page that stands before a damaged trace is shown.
    bool showsSalvage() const;
    const LoadingBar& loadingBar() const { return *m_loading; }
    const PreviewPage& previewPage() const { return *m_previewPage; }
    /// Whether a trace is shown as far as it is read. A trace that is open stays instead.
    bool showsPreview() const;
    /// The open trace itself, where that page stands before it.
    void showTrace();

signals:
    void windowRequested(const QStringList& paths);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void buildLayout();
    void buildToolBar();
    void connectActions();
    void connectLoader();
    void connectPage();
    void keepState(const TraceStateStore& states);
    void chooseFile();
    void exportReport();
    void copyVerdict();
    void showIndex();
    void showAssessment(const std::shared_ptr<const Assessment>& assessment);
    void showLoaded(const std::shared_ptr<const TraceIndex>& index, std::chrono::milliseconds took);
    void showPreview(const std::shared_ptr<const TracePreview>& preview);
    void noteChanged(const QString& name, bool isMeanwhile, bool isReadAgain);
    void showOutdated(const std::shared_ptr<const TraceIndex>& index, const QStringList& paths,
                      const LoadAnswers& answers);
    void showFailed(const QString& path, const Error& error);
    void endLoading();
    void showSalvage();
    void showImportLog();
    void showPage(QWidget* page);
    void fillRecentMenu();
    void fillDeviceMenu();
    void applyStyle();
    void remember(const std::shared_ptr<const Assessment>& assessment);

    Settings& m_settings;
    RecentFiles& m_recent;
    TraceLoader& m_loader;
    AppTheme& m_theme;
    SampleFile m_sample;
    TraceDocument* m_document;
    TimelineViewport* m_viewport;
    StepNavigator* m_navigator;
    WindowActions* m_actions;
    QToolBar* m_toolBar = nullptr;
    VerdictBanner* m_banner;
    NoteBar* m_note;
    DriverActions* m_driverActions = nullptr;
    ContextActions* m_contextActions = nullptr;
    LoadingBar* m_loading;
    QStackedWidget* m_pages;
    StartPage* m_startPage;
    MessagePage* m_messagePage;
    SalvagePage* m_salvagePage;
    TracePage* m_tracePage;
    PreviewPage* m_previewPage;
    QWidget* m_pageBefore = nullptr; // the preview
    TraceStateKeeper* m_keeper = nullptr;
    StatusStrip* m_status;
    QString m_outdated; // what is read again, as its files are not what was kept of them
};

} // namespace stepscope
