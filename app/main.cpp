#include "app/commandline.h"
#include "app/framelog.h"
#include "app/headlessreport.h"
#include "app/mainwindow.h"
#include "app/recentfiles.h"
#include "app/samplefile.h"
#include "app/screenshot.h"
#include "app/settings.h"
#include "widgets/theme/apptheme.h"
#include "widgets/viewmodel/cachedloader.h"
#include "widgets/viewmodel/traceloader.h"
#include "widgets/viewmodel/tracestatestore.h"

#include <QApplication>
#include <QIcon>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

#include <cstdio>
#include <memory>
#include <vector>

namespace stepscope {

namespace {

void nameProgram()
{
    QCoreApplication::setApplicationName(QStringLiteral("stepscope"));
    QCoreApplication::setOrganizationName(QStringLiteral("stepscope"));
    QCoreApplication::setApplicationVersion(QStringLiteral(STEPSCOPE_VERSION));
}

int answer(ExitCode code)
{
    return static_cast<int>(code);
}

void print(std::FILE* stream, const QString& text)
{
    std::fprintf(stream, "%s\n", qPrintable(text));
}

/// Reads the command line before there is a display: help, version and mistakes need none.
CommandLine readCommandLine(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    return CommandLine::parse(QCoreApplication::arguments());
}

/// The program's and Qt's own texts in the user's language, where there is a translation.
void translate(QCoreApplication& application)
{
    const auto install = [&application](const QString& name, const QString& folder) {
        auto* const translator = new QTranslator(&application);
        if (translator->load(QLocale(), name, QStringLiteral("_"), folder))
            QCoreApplication::installTranslator(translator);
    };
    install(QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(QStringLiteral("stepscope"), QStringLiteral(":/i18n"));
}

int checkDisplay()
{
    const QString platform = QGuiApplication::platformName();
    const bool isShown = platform != QLatin1String("offscreen") && platform != QLatin1String("minimal");
    return answer(isShown ? ExitCode::Done : ExitCode::NoDisplay);
}

int report(const CommandLine& commandLine)
{
    SampleFile sample;
    const TraceCache cache(TraceCache::standardFolder());
    QStringList traces = commandLine.files;
    if (const std::optional<QString> path = commandLine.openSample ? sample.path() : std::nullopt)
        traces += *path;
    int worst = answer(traces.isEmpty() ? ExitCode::Failure : ExitCode::Done);
    for (const QString& trace : traces) {
        const int code =
            writeReport(trace, commandLine.reportFolder, commandLine.usesCache ? &cache : nullptr);
        worst = code == answer(ExitCode::Failure) || worst == answer(ExitCode::Done) ? code : worst;
    }
    return worst;
}

/// One window a document; one empty window for none.
class Windows {
public:
    /// All must outlive the windows.
    Windows(Settings& settings, RecentFiles& recent, AppTheme& theme, const TraceStateStore& states,
            CachedLoader& loader)
        : m_settings(settings), m_recent(recent), m_theme(theme), m_states(states), m_loader(loader)
    {}

    void show(const CommandLine& commandLine)
    {
        for (const QStringList& files : commandLine.documents()) {
            MainWindow* const window = add(commandLine).window.get();
            if (files.size() == 1)
                window->openTrace(files.first());
            else
                window->openTraces(files);
        }
        if (commandLine.openSample)
            add(commandLine).window->openSample();
        if (m_all.empty())
            add(commandLine);
        for (const Entry& entry : m_all)
            entry.window->show();
        if (!commandLine.screenshot.isEmpty()) {
            const Entry& first = m_all.front();
            m_screenshot = std::make_unique<Screenshot>(*first.window, *first.loader, commandLine.screenshot,
                                                        first.loader->isLoading());
        }
    }

private:
    struct Entry {
        std::unique_ptr<TraceLoader> loader;
        std::unique_ptr<MainWindow> window;
    };

    Entry& add(const CommandLine& commandLine)
    {
        Entry entry{std::make_unique<TraceLoader>(
                        TraceLoader::Work([&loader = m_loader](const auto& paths, const auto& answers,
                                                               Progress& progress, const auto& showPreview) {
                            return loader.load(paths, answers, progress, showPreview);
                        })),
                    nullptr};
        entry.loader->setAfterwork([&loader = m_loader](const IndexedTrace& index, Progress& progress) {
            return loader.settle(index, progress);
        });
        entry.window = std::make_unique<MainWindow>(
            m_settings, m_recent, *entry.loader, m_theme,
            commandLine.screenshot.isEmpty() ? &m_states : nullptr); // a picture shows the trace as it opens
        if (commandLine.theme)
            entry.window->setTheme(*commandLine.theme);
        if (commandLine.size.isValid())
            entry.window->resize(commandLine.size);
        QObject::connect(entry.window.get(), &MainWindow::windowRequested, entry.window.get(),
                         [this, commandLine](const QStringList& paths) {
                             MainWindow* const another = add(commandLine).window.get();
                             another->openTraces(paths);
                             another->show();
                         });
        m_all.push_back(std::move(entry));
        return m_all.back();
    }

    Settings& m_settings;
    RecentFiles& m_recent;
    AppTheme& m_theme;
    const TraceStateStore& m_states;
    CachedLoader& m_loader;
    std::vector<Entry> m_all;
    std::unique_ptr<Screenshot> m_screenshot;
};

int runProgram(int argc, char** argv)
{
    nameProgram();
    // A display that is named but dead makes Qt abort; offscreen comes last, so that the program still
    // answers.
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "wayland;xcb;offscreen");
    const CommandLine commandLine = readCommandLine(argc, argv);
    switch (commandLine.verb) {
    case CommandLine::Verb::Help:
    case CommandLine::Verb::Version:
        print(stdout, commandLine.message);
        return answer(ExitCode::Done);
    case CommandLine::Verb::Wrong:
        print(stderr, QStringLiteral("stepscope: %1").arg(commandLine.message));
        return answer(ExitCode::Failure);
    case CommandLine::Verb::Report:
        // Needs no display and must not depend on one.
        qputenv("QT_QPA_PLATFORM", "offscreen");
        break;
    case CommandLine::Verb::CheckDisplay:
    case CommandLine::Verb::Window:
        break;
    }

    FrameLog application(argc, argv);
    QGuiApplication::setApplicationDisplayName(QStringLiteral("StepScope"));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.stepscope.StepScope"));
    QGuiApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/stepscope.svg")));
    if (commandLine.verb == CommandLine::Verb::CheckDisplay)
        return checkDisplay();
    translate(application);
    AppTheme theme(application);
    if (commandLine.verb == CommandLine::Verb::Report) {
        theme.apply(commandLine.theme.value_or(ThemeChoice::Light));
        return report(commandLine);
    }
    Settings settings;
    RecentFiles recent(settings.store());
    const TraceStateStore states(TraceStateStore::standardFolder());
    const TraceCache cache(TraceCache::standardFolder());
    CachedLoader loader(commandLine.usesCache ? &cache : nullptr);
    Windows windows(settings, recent, theme, states, loader);
    windows.show(commandLine);
    return QApplication::exec();
}

} // namespace

} // namespace stepscope

int main(int argc, char** argv)
{
    return stepscope::runProgram(argc, argv);
}
