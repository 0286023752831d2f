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

namespace stepscope {

namespace {

constexpr qint64 mostDropped = 4 << 20; // bytes: a larger file is rather a trace than a record

} // namespace

DriverActions::DriverActions(WindowActions& actions, TraceDocument& document, NoteBar& note,
                             Settings& settings, QWidget* window)
    : QObject(window), m_actions(actions), m_document(document), m_note(note), m_settings(settings),
      m_window(window)
{
    connect(actions.loadDriver, &QAction::triggered, this, &DriverActions::chooseFile);
    connect(actions.pasteDriver, &QAction::triggered, this, &DriverActions::paste);
    connect(actions.forgetDriver, &QAction::triggered, this, [this] {
        DriverNumbers driver = m_document.driver();
        driver.clean.record = nullptr;
        m_document.setDriver(driver);
    });
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
    take(record, path);
    return true;
}

void DriverActions::chooseFile()
{
    const QString path =
        QFileDialog::getOpenFileName(m_window, tr("Load a driver record"), m_settings.lastFolder(),
                                     tr("Driver records (*.json *.jsonl *.txt *.log);;All files (*)"));
    if (!path.isEmpty())
        take(readDriverRecord(path.toStdString()), path);
}

void DriverActions::paste()
{
    const QString text = QGuiApplication::clipboard()->text();
    const QString name = tr("pasted record");
    take(parseDriverRecord(text.toStdString(), name.toStdString()), tr("The clipboard"));
}

void DriverActions::take(const Result<DriverRecord>& record, const QString& source)
{
    if (!record) {
        m_note.showNote(tr("The driver record could not be read"), displaytext::error(record.error(), source),
                        Colour::Fail);
        return;
    }
    DriverNumbers driver = m_document.driver();
    driver.clean.record = std::make_shared<const DriverRecord>(*record);
    m_document.setDriver(driver);
    m_note.showNote(tr("Driver record loaded"),
                    QStringList{driverRecordText(*record), driverRecordDetails(*record)}
                        .join(QLatin1Char('\n'))
                        .trimmed(),
                    record->failures() == 0 ? Colour::Pass : Colour::Warn);
}

void DriverActions::update()
{
    m_actions.loadDriver->setEnabled(m_document.isOpen());
    m_actions.pasteDriver->setEnabled(m_document.isOpen());
    m_actions.forgetDriver->setEnabled(m_document.isOpen() && m_document.driver().clean.record != nullptr);
}

} // namespace stepscope
