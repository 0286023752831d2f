#include "app/contextactions.h"

#include "app/settings.h"
#include "app/windowactions.h"
#include "core/gates/measurementcontext.h"
#include "core/gates/statedcontext.h"
#include "core/import/contextfilereader.h"
#include "core/import/servercommandreader.h"
#include "core/report/contextfile.h"
#include "widgets/panels/notebar.h"
#include "widgets/viewmodel/contextlist.h"
#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/servercommandtext.h"
#include "widgets/viewmodel/tracedocument.h"

#include <QAction>
#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QSaveFile>

#include <algorithm>
#include <optional>
#include <utility>

namespace stepscope {

namespace {

constexpr qint64 mostContextBytes = 1 << 20; // what the readers take

/// Nothing for a file that is large, no text, or cannot be read.
std::optional<std::string> textIn(const QString& path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || file.size() > mostContextBytes || !file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QByteArray content = file.readAll();
    return content.contains('\0') ? std::nullopt : std::optional(content.toStdString());
}

/// A name of it or two may be misspelt: that is for the user to know, not a reason to take it for a trace.
bool isContextFile(const std::string& text)
{
    const Result<ContextStatement> read = parseContextFile(text);
    return read && (std::any_of(read->fields.begin(), read->fields.end(),
                                [](const ContextValue& field) { return isStatable(field.key); }) ||
                    !read->thresholds.empty());
}

/// A trace may hold a server's command among its facts, and is not one.
bool isServerCommand(const std::string& text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first != std::string::npos && text[first] != '{' && text[first] != '[' && parseServerCommand(text);
}

} // namespace

ContextActions::ContextActions(WindowActions& actions, TraceDocument& document, NoteBar& note,
                               Settings& settings, QWidget* window)
    : QObject(window), m_actions(actions), m_document(document), m_note(note), m_settings(settings),
      m_window(window)
{
    connect(actions.editContext, &QAction::triggered, this, &ContextActions::edit);
    connect(actions.pasteCommand, &QAction::triggered, this, &ContextActions::paste);
    connect(actions.loadContext, &QAction::triggered, this, &ContextActions::chooseToLoad);
    connect(actions.saveContext, &QAction::triggered, this, &ContextActions::chooseToSave);
    connect(&document, &TraceDocument::assessmentChanged, this, &ContextActions::update);
    update();
}

void ContextActions::edit()
{
    if (!m_document.isOpen())
        return;
    if (!m_dialog) {
        m_dialog = new ContextDialog(m_document, m_window);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
        m_dialog->addActions({m_actions.nextGate, m_actions.previousGate}); // on to the next gate from here
        connect(m_dialog, &ContextDialog::pasteRequested, this, &ContextActions::paste);
        connect(m_dialog, &ContextDialog::loadRequested, this, &ContextActions::chooseToLoad);
        connect(m_dialog, &ContextDialog::saveRequested, this, &ContextActions::chooseToSave);
        connect(m_dialog, &ContextDialog::fileDropped, this, [this](const QString& path) {
            if (!takeFile(path))
                tell(tr("Nothing was taken"),
                     tr("%1 is neither a context file nor the start of a server.")
                         .arg(QFileInfo(path).fileName()),
                     Colour::Fail);
        });
    }
    m_dialog->show();
    m_dialog->raise();
    m_dialog->activateWindow();
}

bool ContextActions::takeFile(const QString& path)
{
    const std::optional<std::string> text = m_document.isOpen() ? textIn(path) : std::nullopt;
    if (!text)
        return false;
    if (isContextFile(*text))
        takeContext(*text, path);
    else if (isServerCommand(*text))
        takeCommand(*text, path);
    else
        return false;
    return true;
}

void ContextActions::paste()
{
    if (m_document.isOpen())
        takeCommand(QGuiApplication::clipboard()->text().toStdString(), tr("The clipboard"));
}

void ContextActions::load(const QString& path)
{
    const Result<ContextStatement> read = readContextFile(path.toStdString());
    const std::optional<std::string> text = read ? textIn(path) : std::nullopt;
    if (text)
        takeContext(*text, path);
    else
        tell(tr("The context file could not be read"),
             displaytext::error(read ? Error{ErrorCode::FileNotReadable, {}} : read.error(), path),
             Colour::Fail);
}

bool ContextActions::save(const QString& path)
{
    const std::string text = contextFileText(m_document.input());
    QSaveFile file(path);
    const bool isWritten =
        file.open(QIODevice::WriteOnly) &&
        file.write(text.data(), static_cast<qint64>(text.size())) == static_cast<qint64>(text.size()) &&
        file.commit();
    if (isWritten)
        tell(tr("The context file was written"), QDir::toNativeSeparators(path), Colour::Pass);
    else
        tell(tr("The context file could not be written"),
             tr("%1: %2. Choose another folder.").arg(QDir::toNativeSeparators(path), file.errorString()),
             Colour::Fail);
    return isWritten;
}

void ContextActions::chooseToLoad()
{
    const QString path =
        QFileDialog::getOpenFileName(m_dialog ? m_dialog : m_window, tr("Load a context file"),
                                     m_settings.lastFolder(), tr("Context files (*.json);;All files (*)"));
    if (!path.isEmpty())
        load(path);
}

void ContextActions::chooseToSave()
{
    const QString path =
        QFileDialog::getSaveFileName(m_dialog ? m_dialog : m_window, tr("Save the context file"),
                                     QDir(m_settings.lastFolder()).filePath(tr("context.json")),
                                     tr("Context files (*.json);;All files (*)"));
    if (!path.isEmpty())
        save(path);
}

void ContextActions::takeCommand(const std::string& text, const QString& source)
{
    const Result<ServerCommand> command = parseServerCommand(text);
    if (!command) {
        tell(tr("The server's command could not be read"), displaytext::error(command.error(), source),
             Colour::Fail);
        return;
    }
    AssessmentInput input = m_document.input();
    const std::optional<ServerCommand> before = std::exchange(input.command, *command);
    m_document.setInput(input);
    if (m_dialog) { // it says what the command fills as long as it is there
        m_dialog->hideOutcome();
        return;
    }
    const MeasurementContext& context = m_document.assessment()->context;
    const QStringList contradictions = contradictionLines(context);
    QStringList lines{commandFillsText(*command, context), commandIgnoredText(*command)};
    lines += contradictions;
    lines.removeAll(QString());
    tell(tr("The server's command was read"), lines.join(QLatin1Char('\n')),
         contradictions.isEmpty() ? Colour::Pass : Colour::Warn,
         [before](AssessmentInput& present) { present.command = before; });
}

void ContextActions::takeContext(const std::string& text, const QString& source)
{
    const Result<ContextStatement> read = parseContextFile(text);
    const Result<AssessmentInput> taken =
        read ? withStatement(m_document.input(), *read) : Result<AssessmentInput>(read.error());
    if (!taken) {
        tell(tr("The context file could not be read"), displaytext::error(taken.error(), source),
             Colour::Fail);
        return;
    }
    const AssessmentInput before = m_document.input();
    m_document.setInput(*taken);
    QStringList parts{
        displaytext::counted(taken->context.size(), tr("1 field is stated"), tr("%1 fields are stated"))};
    if (!read->thresholds.empty())
        parts += displaytext::counted(read->thresholds.size(), tr("1 threshold"), tr("%1 thresholds"));
    tell(tr("The context file was read"),
         tr("%1, in place of what was typed before.").arg(parts.join(QStringLiteral(" · "))), Colour::Pass,
         [before](AssessmentInput& present) {
             present.context = before.context;
             present.thresholds = before.thresholds;
         });
}

void ContextActions::tell(const QString& title, const QString& text, Colour mark,
                          const std::function<void(AssessmentInput&)>& takeBack)
{
    if (m_dialog) {
        m_dialog->showOutcome(title, text, mark);
        return;
    }
    if (!takeBack) {
        m_note.showNote(title, text, mark);
        return;
    }
    m_note.showNote(title, text, mark, tr("Take back"), [this, takeBack, index = m_document.index()] {
        m_note.hide();
        if (m_document.index() != index)
            return;
        AssessmentInput input = m_document.input();
        takeBack(input);
        m_document.setInput(input);
    });
}

void ContextActions::update()
{
    for (QAction* const action :
         {m_actions.editContext, m_actions.pasteCommand, m_actions.loadContext, m_actions.saveContext})
        action->setEnabled(m_document.isOpen());
}

} // namespace stepscope
