#pragma once

#include "widgets/theme/apptheme.h"
#include "widgets/viewmodel/timereading.h"

#include <QKeySequence>
#include <QList>
#include <QObject>

class QAction;
class QActionGroup;
class QMainWindow;
class QMenu;

namespace stepscope {

/// Every action of the main window, with its name, its keys and one sentence, and the menus they stand in. It
/// does not know what they do: the window connects them. The keys work without AltGr on US, German, French
/// and Japanese keyboards.
class WindowActions : public QObject {
    Q_OBJECT

public:
    /// The actions belong to `window`, so their keys work all over it.
    WindowActions(QMainWindow* window, bool hasSample);

    QAction* open;
    QAction* openSample; ///< null without a sample
    QMenu* recentMenu;
    QAction* stopOpening;
    QAction* exportReport;
    QAction* sayIt;
    QAction* close;
    QAction* quit;

    QAction* undo;
    QAction* redo;
    QAction* copyTime;
    QAction* marker;
    QAction* markerNote;
    QAction* nextMarker;
    QAction* previousMarker;
    QAction* removeMarkers;

    QAction* focusView;
    QAction* fitWindow;
    QAction* showAll;
    QAction* zoomIn;
    QAction* zoomOut;
    QAction* panLeft;
    QAction* panRight;
    QAction* viewBack;
    QAction* viewForward;
    QAction* goToTime;
    QActionGroup* origins;
    QAction* tape;
    QAction* scrollUp;
    QAction* scrollDown;
    QAction* expandReference;
    QAction* expandAll;
    QAction* collapseAll;
    QAction* pin;
    QAction* selectStep;
    QAction* nextSameName;
    QAction* previousSameName;
    QAction* find;
    QAction* findNext;
    QAction* findPrevious;
    QAction* goTo;
    QAction* previousStep;
    QAction* nextStep;
    QAction* nextGap;
    QAction* previousGap;
    QAction* shorterGaps;
    QAction* longerGaps;
    QAction* allGaps;
    QAction* launchOrWork;
    QAction* selectView;
    QAction* selectWindow;
    QAction* nextTab;
    QAction* importLog;
    QActionGroup* themes;

    QAction* automaticWindow;
    QAction* runnerUpWindow;
    QAction* windowStart;
    QAction* windowEnd;
    QAction* holdWindowStart;
    QAction* holdWindowEnd;
    QAction* stepHere;
    QAction* stepsLikeSelection;
    QAction* stepsAsFound;
    QAction* loadDriver;
    QAction* loadCapturedDriver;
    QAction* pasteDriver;
    QAction* forgetDriver;
    QAction* editContext;
    QAction* pasteCommand;
    QAction* loadContext;
    QAction* saveContext;
    QAction* nextGate;
    QAction* previousGate;
    QMenu* deviceMenu;

    QAction* keys;
    QAction* whatsThis;
    QAction* about;

    /// Greys what makes sense only while a trace is open.
    void setTraceOpen(bool isOpen);
    /// Without a runner-up its action says why it is grey.
    void setRunnerUp(bool exists);
    void setLoading(bool isLoading);
    void setTheme(ThemeChoice theme);
    static ThemeChoice themeOf(const QAction* action);
    static TimeOrigin originOf(const QAction* action);

private:
    static void setTip(QAction* action, const QString& tip);
    QAction* add(const QString& text, const QList<QKeySequence>& keys, const QString& tip);
    void addFile(bool hasSample);
    void addEdit();
    void addView();
    void addMoves(QMenu* menu);
    void addPlaces(QMenu* menu);
    void addLanes(QMenu* menu);
    void addThemes(QMenu* menu);
    void addAnalyse();
    void addHelp();

    QMainWindow* m_window;
};

} // namespace stepscope
