// When the window first shows something of a trace, and when all of it: opened the first time, and reopened
// from what was kept. From the call that opens it to the end of the paint event, in the real window,
// offscreen, 1920 × 1080; files in the page cache. Medians of five, wall clock.
//
//     stepscope-window-opening-bench FOLDER [EVENTS]     a generated kineto trace of 10^7 events
//     stepscope-window-opening-bench FOLDER FILE

#include "app/mainwindow.h"
#include "app/previewpage.h"
#include "app/recentfiles.h"
#include "app/settings.h"
#include "app/tracepage.h"
#include "core/columnfile/tracecache.h"
#include "tests/bench/importshapes.h"
#include "tests/bench/timestaken.h"
#include "widgets/theme/apptheme.h"
#include "widgets/viewmodel/cachedloader.h"
#include "widgets/viewmodel/traceloader.h"

#include <QApplication>
#include <QDir>
#include <QEventLoop>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <vector>

using namespace stepscope;

namespace {

constexpr int runs = 5;

/// Notes the first paint of each page, at its end.
class PaintClock : public QApplication {
public:
    using QApplication::QApplication;

    void start()
    {
        m_start = wallSeconds();
        preview.reset();
        whole.reset();
    }

    bool notify(QObject* receiver, QEvent* event) override
    {
        const bool isDone = QApplication::notify(receiver, event);
        if (event->type() != QEvent::Paint)
            return isDone;
        for (const QObject* part = receiver; part; part = part->parent()) {
            if (!preview && qobject_cast<const PreviewPage*>(part))
                preview = wallSeconds() - m_start;
            if (!whole && isLoaded && qobject_cast<const TracePage*>(part))
                whole = wallSeconds() - m_start;
        }
        return isDone;
    }

    std::optional<double> preview;
    std::optional<double> whole;
    bool isLoaded = false;

private:
    double m_start = 0.0;
};

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// How the program opens traces.
struct Opened {
    explicit Opened(const TraceCache& cache)
        : cachedLoader(&cache), loader(TraceLoader::Work([this](const auto& paths, const auto& answers,
                                                                Progress& progress, const auto& showPreview) {
              return cachedLoader.load(paths, answers, progress, showPreview);
          }))
    {}

    CachedLoader cachedLoader;
    TraceLoader loader;
};

void measure(const char* what, PaintClock& clock, const QString& path, const TraceCache& cache, bool isKept)
{
    std::vector<double> first;
    std::vector<double> all;
    for (int run = 0; run < runs; ++run) {
        Opened opened(cache);
        IndexedTrace index;
        AppTheme theme(clock);
        Settings settings;
        RecentFiles recent(settings.store());
        MainWindow window(settings, recent, opened.loader, theme, nullptr);
        window.resize(1920, 1080);
        window.show();
        QApplication::processEvents();
        QObject::connect(&opened.loader, &TraceLoader::loaded, &window,
                         [&](const IndexedTrace& loaded) { index = loaded; });
        clock.isLoaded = false;
        QObject::connect(&opened.loader, &TraceLoader::loaded, &window, [&clock] { clock.isLoaded = true; });
        clock.start();
        window.openTrace(path);
        while (!clock.whole) {
            QApplication::processEvents(QEventLoop::WaitForMoreEvents);
            if (!opened.loader.isLoading() && !index) {
                std::fprintf(stderr, "%s could not be opened\n", qPrintable(path));
                std::exit(1);
            }
        }
        first.push_back(clock.preview.value_or(*clock.whole));
        all.push_back(*clock.whole);
        if (!isKept)
            continue;
        NoProgress progress; // makes sure that the next run finds it
        opened.cachedLoader.settle(index, progress);
    }
    std::printf("%-24s first lanes %7.1f ms   all of it %7.1f ms\n", what, median(first) * 1e3,
                median(all) * 1e3);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {}); // "does not support"
    QTemporaryDir home;                                                                  // of the settings
    qputenv("XDG_CONFIG_HOME", home.path().toLocal8Bit());
    PaintClock clock(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("stepscope-window-opening-bench"));
    const QStringList words = QCoreApplication::arguments();
    const QString folder = words.value(1, QDir::tempPath());
    QString path = words.value(2);
    if (!QFileInfo(path).isFile()) {
        const std::size_t events = path.isEmpty() ? 10'000'000 : path.toULongLong();
        path = QDir(folder).filePath(QStringLiteral("windowopening.json"));
        bench::writeShape({"generated", events}, QFile::encodeName(path).toStdString());
    }
    const QTemporaryDir kept(QDir(folder).filePath(QStringLiteral("kept")));
    const TraceCache none{std::string()};
    const TraceCache cache(QFile::encodeName(kept.path()).toStdString());
    measure("opened the first time", clock, path, none, false);
    { // once, to keep it
        CachedLoader loader(&cache);
        NoProgress progress;
        const Result<IndexedTrace> index = loader.load({QFile::encodeName(path).toStdString()}, {}, progress);
        if (!index || !loader.settle(*index, progress)) {
            std::fprintf(stderr, "%s could not be kept\n", qPrintable(path));
            return 1;
        }
    }
    measure("reopened", clock, path, cache, true);
    return 0;
}
