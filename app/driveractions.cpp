#include "app/driveractions.h"

#include "app/settings.h"
#include "app/windowactions.h"
#include "core/import/driverrecordreader.h"
#include "widgets/panels/notebar.h"
#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/driverrecordtext.h"
#include "widgets/viewmodel/tracedocument.h"

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>

#include <utility>

namespace stepscope {

namespace {

constexpr qint64 mostDropped = 4 << 20; // bytes: a larger file is rather a trace than a record

} // namespace

DriverActions::DriverActions(WindowActions& actions, TraceDocument& document, NoteBar& note,
                             Settings& settings, QWidget* window)
    : QObject(window), m_actions(actions), m_document(document), m_note(note), m_settings(settings),
      m_window(window)
{
    connect(actions.loadDriver, &QAction::triggered, this, [this] { chooseFile(&DriverNumbers::clean); });
    connect(actions.loadCapturedDriver, &QAction::triggered, this,
            [this] { chooseFile(&DriverNumbers::profiled); });
    connect(actions.pasteDriver, &QAction::triggered, this, &DriverActions::paste);
    connect(actions.forgetDriver, &QAction::triggered, this, &DriverActions::forget);
    connect(&document, &TraceDocument::assessmentChanged, this, &DriverActions::update);
    update();
}

bool DriverActions::takeFile(const QString& path)
{
    if (!m_document.isOpen() || QFileInfo(path).size() > mostDropped)
        return false;
    const Result<DriverRecord> record = readDriverRecord(path.toStdString());
    if (!record)
        return false;
    take(record, path, &DriverNumbers::clean);
    return true;
}

void DriverActions::chooseFile(Round round)
{
    const QString title = round == &DriverNumbers::clean ? tr("Load a driver record")
                                                         : tr("Load the record of the captured round");
    const QString path =
        QFileDialog::getOpenFileName(m_window, title, m_settings.lastFolder(),
                                     tr("Driver records (*.json *.jsonl *.txt *.log);;All files (*)"));
    if (!path.isEmpty())
        take(readDriverRecord(path.toStdString()), path, round);
}

void DriverActions::paste()
{
    const QString text = QGuiApplication::clipboard()->text();
    const QString name = tr("pasted record");
    take(parseDriverRecord(text.toStdString(), name.toStdString()), tr("The clipboard"),
         &DriverNumbers::clean);
}

void DriverActions::take(const Result<DriverRecord>& record, const QString& source, Round round)
{
    if (!record) {
        m_note.showNote(tr("The driver record could not be read"), displaytext::error(record.error(), source),
                        Colour::Fail);
        return;
    }
    DriverNumbers driver = m_document.driver();
    (driver.*round).record = std::make_shared<const DriverRecord>(*record);
    m_document.setDriver(driver);
    const QString text = QStringList{driverRecordText(*record), driverRecordDetails(*record)}
                             .join(QLatin1Char('\n'))
                             .trimmed();
    const Colour colour = record->failures() == 0 ? Colour::Pass : Colour::Warn;
    if (round == &DriverNumbers::clean)
        m_note.showNote(tr("Driver record loaded, as of a round without the profiler"), text, colour,
                        tr("It is the captured round"), [this] { moveToCaptured(); });
    else
        m_note.showNote(tr("Driver record of the captured round loaded"), text, colour);
}

void DriverActions::moveToCaptured()
{
    DriverNumbers driver = m_document.driver();
    driver.profiled.record = std::exchange(driver.clean.record, nullptr);
    m_document.setDriver(driver);
    m_note.hide();
}

void DriverActions::forget()
{
    DriverNumbers driver = m_document.driver();
    driver.clean.record = nullptr;
    driver.profiled.record = nullptr;
    m_document.setDriver(driver);
}

void DriverActions::update()
{
    for (QAction* const action : {m_actions.loadDriver, m_actions.loadCapturedDriver, m_actions.pasteDriver})
        action->setEnabled(m_document.isOpen());
    const DriverNumbers& driver = m_document.driver();
    m_actions.forgetDriver->setEnabled(m_document.isOpen() &&
                                       (driver.clean.record || driver.profiled.record));
}

} // namespace stepscope
