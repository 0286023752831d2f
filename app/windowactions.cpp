#include "app/windowactions.h"

#include <QAction>
#include <QActionGroup>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

namespace stepscope {

WindowActions::WindowActions(QMainWindow* window, bool hasSample) : QObject(window), m_window(window)
{
    addFile(hasSample);
    addEdit();
    addView();
    addAnalyse();
    addHelp();
    setTraceOpen(false);
    setRunnerUp(false);
    setLoading(false);
}

void WindowActions::setTip(QAction* action, const QString& tip)
{
    action->setStatusTip(tip);
    QString toolTip = tip.toHtmlEscaped();
    if (!action->shortcuts().isEmpty())
        toolTip += QStringLiteral(" (%1)").arg(
            action->shortcuts().first().toString(QKeySequence::NativeText).toHtmlEscaped());
    action->setToolTip(QStringLiteral("<qt>%1</qt>").arg(toolTip));
}

QAction* WindowActions::add(const QString& text, const QList<QKeySequence>& shortcuts, const QString& tip)
{
    auto* const action = new QAction(text, m_window);
    action->setShortcuts(shortcuts);
    setTip(action, tip);
    m_window->addAction(action); // so that its keys work where no menu is shown
    return action;
}

void WindowActions::addFile(bool hasSample)
{
    QMenu* const menu = m_window->menuBar()->addMenu(tr("&File"));
    open = add(tr("&Open…"), {QKeySequence::Open},
               tr("Open a trace: nsys .sqlite, torch profiler .json or .json.gz"));
    openSample = hasSample
                     ? add(tr("Open the &sample"), {}, tr("Open the sample trace, a host-bound decode loop"))
                     : nullptr;
    recentMenu = new QMenu(tr("Open &recent"), m_window);
    stopOpening =
        add(tr("S&top opening"), {QKeySequence(Qt::Key_Escape)}, tr("Stop opening; what is open stays"));
    exportReport = add(tr("&Export…"), {QKeySequence(Qt::CTRL | Qt::Key_E)},
                       tr("Write the report page and the tables of the window to a folder"));
    sayIt = add(tr("Copy the &verdict"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)},
                tr("Copy the verdict with its numbers and what they were measured on, to paste it anywhere"));
    close = add(tr("&Close"), {QKeySequence(Qt::CTRL | Qt::Key_W)}, tr("Close the trace"));
    quit = add(tr("&Quit"), {QKeySequence(Qt::CTRL | Qt::Key_Q)}, tr("Quit StepScope"));
    quit->setMenuRole(QAction::QuitRole);

    menu->addAction(open);
    if (openSample)
        menu->addAction(openSample);
    menu->addMenu(recentMenu);
    menu->addSeparator();
    menu->addAction(exportReport);
    menu->addAction(sayIt);
    menu->addSeparator();
    menu->addAction(stopOpening);
    menu->addAction(close);
    menu->addAction(quit);
}

void WindowActions::addEdit()
{
    QMenu* const menu = m_window->menuBar()->addMenu(tr("&Edit"));
    undo = add(tr("&Undo"), {QKeySequence(Qt::CTRL | Qt::Key_Z)},
               tr("Take back the last change of the window, the view or the markers"));
    redo =
        add(tr("&Redo"), {QKeySequence(Qt::CTRL | Qt::Key_Y), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z)},
            tr("Make the change again that was taken back"));
    copyTime = add(tr("&Copy time"), {QKeySequence(Qt::CTRL | Qt::Key_C)},
                   tr("Copy the length of the tape, else the time at the cursor, to the nanosecond"));
    marker = add(tr("&Marker here"), {QKeySequence(Qt::Key_M)},
                 tr("Mark the place at the cursor, or take away the marker that is there"));
    markerNote = add(tr("Marker with a &note…"), {QKeySequence(Qt::SHIFT | Qt::Key_M)},
                     tr("Write a note at the cursor, or change the one that is there"));
    nextMarker = add(tr("Next m&arker"), {QKeySequence(Qt::CTRL | Qt::Key_M)},
                     tr("Bring the next marker to the middle"));
    previousMarker = add(tr("&Previous marker"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M)},
                         tr("Bring the marker before to the middle"));
    removeMarkers = add(tr("Remove a&ll markers"), {}, tr("Take away every marker and note of this trace"));
    find = add(tr("&Find…"), {QKeySequence(Qt::CTRL | Qt::Key_F), QKeySequence(Qt::Key_Slash)},
               tr("Find kernels, calls and ranges by a part of their name"));
    findNext = add(tr("Find ne&xt"), {QKeySequence(Qt::Key_F3)}, tr("Select the next span that is found"));
    findPrevious = add(tr("Find pre&vious"), {QKeySequence(Qt::SHIFT | Qt::Key_F3)},
                       tr("Select the one before that is found"));
    goTo = add(tr("&Go to…"), {QKeySequence(Qt::CTRL | Qt::Key_P)},
               tr("Type a part of the name of a lane, an action or a kernel to go there"));
    menu->addAction(undo);
    menu->addAction(redo);
    menu->addSeparator();
    menu->addAction(copyTime);
    menu->addSeparator();
    for (QAction* const action : {find, findNext, findPrevious, goTo})
        menu->addAction(action);
    menu->addSeparator();
    for (QAction* const action : {marker, markerNote, nextMarker, previousMarker, removeMarkers})
        menu->addAction(action);
}

void WindowActions::addView()
{
    QMenu* const menu = m_window->menuBar()->addMenu(tr("&View"));
    menu->setToolTipsVisible(true); // an entry that is grey says why
    addMoves(menu);
    menu->addSeparator();
    addPlaces(menu);
    menu->addSeparator();
    addLanes(menu);
    menu->addSeparator();
    addThemes(menu);
}

void WindowActions::addMoves(QMenu* menu)
{
    focusView = add(tr("&Focus"), {QKeySequence(Qt::Key_F)},
                    tr("Show the selection, else the steady-state window; again: the whole trace"));
    fitWindow = add(tr("Fit &window"), {QKeySequence(Qt::SHIFT | Qt::Key_F)},
                    tr("Show the steady-state window; again: the whole trace"));
    showAll = add(tr("Show &all"), {QKeySequence(Qt::Key_Home)}, tr("Show the whole trace"));
    zoomIn = add(tr("Zoom &in"), {QKeySequence::ZoomIn},
                 tr("Show less time, around the cursor; W and the wheel with Ctrl do too"));
    zoomOut = add(tr("Zoom &out"), {QKeySequence::ZoomOut}, tr("Show more time; S does too"));
    panLeft = add(tr("Move &left"), {QKeySequence(Qt::CTRL | Qt::Key_Left)},
                  tr("Show what was before; A and the arrow key do too"));
    panRight = add(tr("Move &right"), {QKeySequence(Qt::CTRL | Qt::Key_Right)},
                   tr("Show what comes after; D and the arrow key do too"));
    viewBack = add(tr("Vie&w before"), {QKeySequence(Qt::ALT | Qt::Key_Left)},
                   tr("Go back to what was visible before"));
    viewForward = add(tr("View afte&r"), {QKeySequence(Qt::ALT | Qt::Key_Right)}, tr("Go forward again"));
    goToTime = add(tr("Go to &time…"), {QKeySequence(Qt::CTRL | Qt::Key_T)},
                   tr("Type a time to bring it to the middle"));
    for (QAction* const action : {focusView, fitWindow, showAll, zoomIn, zoomOut, panLeft, panRight})
        menu->addAction(action);
    menu->addSeparator();
    for (QAction* const action : {viewBack, viewForward, goToTime})
        menu->addAction(action);

    QMenu* const originMenu = menu->addMenu(tr("Times &from"));
    originMenu->setToolTipsVisible(true);
    origins = new QActionGroup(m_window);
    const auto addOrigin = [&](const QString& text, TimeOrigin origin, const QString& tip) {
        QAction* const action = originMenu->addAction(text);
        action->setCheckable(true);
        action->setChecked(origin == TimeOrigin::Trace);
        action->setData(static_cast<int>(origin));
        setTip(action, tip);
        origins->addAction(action);
    };
    addOrigin(tr("Start of the &trace"), TimeOrigin::Trace, tr("The first thing that was recorded reads 0"));
    addOrigin(tr("Start of the &window"), TimeOrigin::Window, tr("The start of the steady window reads 0"));
    addOrigin(tr("Time of day, &UTC"), TimeOrigin::Utc,
              tr("When it happened, where the file says when it was recorded"));
    tape = add(tr("&Measure"), {QKeySequence(Qt::Key_T)},
               tr("Then drag, or press it again at the other end: how long it is from here to there"));
    menu->addAction(tape);
}

void WindowActions::addPlaces(QMenu* menu)
{
    previousStep =
        add(tr("&Previous step, or span"), {QKeySequence(Qt::Key_Comma)},
            tr("Bring the step before to the middle; where a span is selected, the one before it"));
    nextStep = add(tr("&Next step, or span"), {QKeySequence(Qt::Key_Period)},
                   tr("Bring the next step to the middle; where a span is selected, the one after it"));
    selectStep = add(tr("&Select the step here"), {QKeySequence(Qt::Key_E)},
                     tr("Show where the time of the step at the cursor goes"));
    nextSameName = add(tr("Next of the same na&me"), {QKeySequence(Qt::Key_N)},
                       tr("Select the next span of the selected one's name"));
    previousSameName = add(tr("Previous of the sa&me name"), {QKeySequence(Qt::SHIFT | Qt::Key_N)},
                           tr("Select the span before of the selected one's name"));
    nextGap = add(tr("Next &gap by size"), {QKeySequence(Qt::Key_G)},
                  tr("Take the longest idle gap of the window apart, then the next shorter one"));
    previousGap = add(tr("Previous g&ap by size"), {QKeySequence(Qt::SHIFT | Qt::Key_G)},
                      tr("Take the next longer idle gap apart"));
    shorterGaps = add(tr("Only gaps of the next s&horter band"), {QKeySequence(Qt::CTRL | Qt::Key_G)},
                      tr("Light gaps of one length and step through them alone; at first of the length that "
                         "holds most idle time"));
    longerGaps =
        add(tr("Only gaps of the next longe&r band"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_G)},
            tr("The same of the next longer band of the idle-gap histogram"));
    allGaps = add(tr("All gap&s again"), {QKeySequence(Qt::ALT | Qt::Key_G)},
                  tr("Step through gaps of every length"));
    allGaps->setEnabled(false); // until bands are chosen
    launchOrWork = add(tr("&Launch or what it launched"), {QKeySequence(Qt::Key_L)},
                       tr("From the selected work to the call that launched it, and back"));
    selectView = add(tr("Select what is in &view"), {QKeySequence::SelectAll},
                     tr("Sum up all lanes over the time that is in view; Shift+drag does it for some"));
    selectWindow = add(tr("Select the &window"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A)},
                       tr("Sum up all lanes over the steady-state window"));
    for (QAction* const action :
         {previousStep, nextStep, selectStep, nextSameName, previousSameName, launchOrWork})
        menu->addAction(action);
    menu->addSeparator();
    for (QAction* const action : {nextGap, previousGap, shorterGaps, longerGaps, allGaps})
        menu->addAction(action);
    menu->addSeparator();
    menu->addAction(selectView);
    menu->addAction(selectWindow);
}

void WindowActions::addLanes(QMenu* menu)
{
    expandReference = add(tr("&Expand the reference device"), {QKeySequence(Qt::Key_X)},
                          tr("Show or hide the lanes of the device whose numbers are shown"));
    expandAll = add(tr("E&xpand all lanes"), {QKeySequence(Qt::SHIFT | Qt::Key_X)},
                    tr("Show the lanes of every device and every host process"));
    collapseAll = add(tr("&Collapse all lanes"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_X)},
                      tr("Show one lane a device"));
    pin = add(
        tr("&Pin lanes to the top"), {QKeySequence(Qt::Key_P)},
        tr("The lanes under the mouse, else those of what is selected, else of the reference device, stay "
           "at the top while the others scroll; again lets them go"));
    scrollUp =
        add(tr("Scroll lanes &up"), {QKeySequence(Qt::CTRL | Qt::Key_Up)}, tr("The arrow key does too"));
    scrollDown =
        add(tr("Scroll lanes &down"), {QKeySequence(Qt::CTRL | Qt::Key_Down)}, tr("The arrow key does too"));
    nextTab = add(tr("Next &tab below the lanes"), {QKeySequence(Qt::Key_F4)},
                  tr("Idle gaps, gap autopsy, reconcile, the selection, then the import log"));
    importLog = add(tr("I&mport log"), {QKeySequence(Qt::CTRL | Qt::Key_I)},
                    tr("What was odd in the file, what was left out of it, and where it is damaged"));
    for (QAction* const action : {expandReference, expandAll, collapseAll, pin, scrollUp, scrollDown})
        menu->addAction(action);
    menu->addSeparator();
    menu->addAction(nextTab);
    menu->addAction(importLog);
}

void WindowActions::addThemes(QMenu* menu)
{
    QMenu* const themeMenu = menu->addMenu(tr("&Theme"));
    themes = new QActionGroup(m_window);
    const auto addTheme = [&](const QString& text, ThemeChoice theme) {
        QAction* const action = themeMenu->addAction(text);
        action->setCheckable(true);
        action->setData(static_cast<int>(theme));
        themes->addAction(action);
    };
    addTheme(tr("&System"), ThemeChoice::System);
    addTheme(tr("&Light"), ThemeChoice::Light);
    addTheme(tr("&Dark"), ThemeChoice::Dark);
}

void WindowActions::addAnalyse()
{
    QMenu* const menu = m_window->menuBar()->addMenu(tr("&Analyse"));
    menu->setToolTipsVisible(true); // an entry that is grey says why
    automaticWindow = add(tr("&Automatic window"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_W)},
                          tr("Measure the longest stretch of whole, even decode steps"));
    automaticWindow->setCheckable(true);
    runnerUpWindow = add(tr("R&unner-up window"), {}, {});
    runnerUpWindow->setCheckable(true);
    windowStart = add(tr("Window &start here"), {QKeySequence(Qt::Key_I), QKeySequence(Qt::Key_BracketLeft)},
                      tr("The window starts at the cursor, or at a step boundary near it"));
    windowEnd = add(tr("Window &end here"), {QKeySequence(Qt::Key_O), QKeySequence(Qt::Key_BracketRight)},
                    tr("The window ends at the cursor, or at a step boundary near it"));
    holdWindowStart = add(tr("Take &hold of the window's start"), {QKeySequence(Qt::SHIFT | Qt::Key_I)},
                          tr("The arrow keys then move it from step to step, with Shift by pixels"));
    holdWindowEnd = add(tr("Take h&old of the window's end"), {QKeySequence(Qt::SHIFT | Qt::Key_O)},
                        tr("The arrow keys then move it from step to step, with Shift by pixels"));
    stepHere = add(tr("A step &begins here"), {QKeySequence(Qt::Key_B)},
                   tr("Draw a step boundary at the cursor, or take away the one that is there"));
    stepsLikeSelection =
        add(tr("A step begins at &each like the selected one"), {QKeySequence(Qt::SHIFT | Qt::Key_B)},
            tr("Let a step begin at every operation of the selected one's name, or at every replay of its "
               "graph"));
    stepsAsFound = add(tr("Steps as &found"), {},
                       tr("Take away drawn boundaries: the steps as StepScope "
                          "finds them in the file"));
    loadDriver =
        add(tr("&Load driver record…"), {QKeySequence(Qt::CTRL | Qt::Key_D)},
            tr("Read TPOT, tokens per step and errors of a round without a profiler: the text of the "
               "clean driver, or the JSON of vllm bench serve. It can also be dropped on the window"));
    loadCapturedDriver = add(
        tr("Load driver record of &the captured round…"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D)},
        tr("The same of the very round that the profiler recorded: the trace's cadence must fit it"));
    pasteDriver = add(tr("&Paste driver record"), {}, tr("Read the same from the clipboard"));
    forgetDriver = add(tr("F&orget driver records"), {}, tr("Go on with what is typed alone"));
    editContext = add(tr("Edit measurement &context…"), {QKeySequence(Qt::CTRL | Qt::Key_K)},
                      tr("See and type what a number needs beside it: model, hardware, server, load"));
    pasteCommand =
        add(tr("Paste ser&ver command"), {},
            tr("Read the line that starts the server, like vllm serve MODEL, from the clipboard. It "
               "fills most of the measurement context"));
    loadContext = add(tr("Loa&d context file…"), {},
                      tr("Take typed fields and thresholds from a file, in place of those that are there"));
    saveContext =
        add(tr("Save conte&xt file…"), {}, tr("Keep typed fields and changed thresholds in a file"));
    nextGate = add(tr("&Next open gate"), {QKeySequence(Qt::Key_F8)},
                   tr("Show what keeps the next gate from passing, or where it can be answered"));
    previousGate =
        add(tr("&Previous open gate"), {QKeySequence(Qt::SHIFT | Qt::Key_F8)}, tr("The gate before"));
    deviceMenu = new QMenu(tr("&Reference device"), m_window);
    for (QAction* const action :
         {automaticWindow, runnerUpWindow, windowStart, windowEnd, holdWindowStart, holdWindowEnd})
        menu->addAction(action);
    menu->addSeparator();
    for (QAction* const action : {stepHere, stepsLikeSelection, stepsAsFound})
        menu->addAction(action);
    menu->addSeparator();
    for (QAction* const action : {loadDriver, loadCapturedDriver, pasteDriver, forgetDriver})
        menu->addAction(action);
    menu->addSeparator();
    for (QAction* const action : {editContext, pasteCommand, loadContext, saveContext})
        menu->addAction(action);
    menu->addSeparator();
    menu->addAction(nextGate);
    menu->addAction(previousGate);
    menu->addSeparator();
    menu->addMenu(deviceMenu);
}

void WindowActions::addHelp()
{
    QMenu* const menu = m_window->menuBar()->addMenu(tr("&Help"));
    whatsThis = add(tr("&What is this?"), {QKeySequence(Qt::SHIFT | Qt::Key_F1)},
                    tr("Click on a gate, a figure or a column to be told what it means"));
    keys = add(tr("&Keys"), {QKeySequence(Qt::Key_F2), QKeySequence(Qt::Key_Question)},
               tr("Every key and what the mouse does"));
    about = add(tr("&About StepScope"), {}, tr("Version and licences"));
    about->setMenuRole(QAction::AboutRole);
    menu->addAction(keys);
    menu->addAction(whatsThis);
    menu->addAction(about);
}

void WindowActions::setTraceOpen(bool isOpen)
{
    for (QAction* const action : {exportReport,
                                  sayIt,
                                  close,
                                  copyTime,
                                  marker,
                                  markerNote,
                                  find,
                                  findNext,
                                  findPrevious,
                                  goTo,
                                  focusView,
                                  fitWindow,
                                  showAll,
                                  zoomIn,
                                  zoomOut,
                                  panLeft,
                                  panRight,
                                  goToTime,
                                  tape,
                                  scrollUp,
                                  scrollDown,
                                  expandReference,
                                  expandAll,
                                  collapseAll,
                                  pin,
                                  selectStep,
                                  selectView,
                                  selectWindow,
                                  previousStep,
                                  nextStep,
                                  nextGap,
                                  previousGap,
                                  shorterGaps,
                                  longerGaps,
                                  launchOrWork,
                                  nextTab,
                                  importLog,
                                  automaticWindow,
                                  windowStart,
                                  windowEnd,
                                  holdWindowStart,
                                  holdWindowEnd,
                                  nextGate,
                                  previousGate,
                                  deviceMenu->menuAction()})
        action->setEnabled(isOpen);
}

void WindowActions::setRunnerUp(bool exists)
{
    runnerUpWindow->setEnabled(exists);
    setTip(runnerUpWindow, exists ? tr("Measure the next best stretch, to see whether it says the same")
                                  : tr("There is no other even stretch of at least three decode steps"));
}

void WindowActions::setLoading(bool isLoading)
{
    stopOpening->setEnabled(isLoading);
}

void WindowActions::setTheme(ThemeChoice theme)
{
    for (QAction* const action : themes->actions()) {
        if (themeOf(action) == theme)
            action->setChecked(true);
    }
}

TimeOrigin WindowActions::originOf(const QAction* action)
{
    return static_cast<TimeOrigin>(action->data().toInt());
}

ThemeChoice WindowActions::themeOf(const QAction* action)
{
    return static_cast<ThemeChoice>(action->data().toInt());
}

} // namespace stepscope
