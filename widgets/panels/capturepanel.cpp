#include "widgets/panels/capturepanel.h"

#include "widgets/panels/panelsection.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/displaytext.h"

#include <QFile>
#include <QFileInfo>
#include <QGridLayout>
#include <QLocale>
#include <QVBoxLayout>

#include <set>

namespace stepscope {

CapturePanel::CapturePanel(QWidget* parent)
    : QWidget(parent),
      m_section(new PanelSection(
          tr("CAPTURE"), tr("What recorded the trace, on which hardware, and the fingerprint of the file."),
          this))
{
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_section);
}

void CapturePanel::setIndex(const std::shared_ptr<const TraceIndex>& index)
{
    delete m_rows;
    m_rows = nullptr;
    m_section->setRemark({});
    if (!index)
        return;
    m_rows = new QWidget(m_section);
    m_grid = new QGridLayout(m_rows);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(10);
    m_grid->setVerticalSpacing(2);
    m_grid->setColumnStretch(1, 1);

    const CaptureInfo& capture = index->trace().capture();
    addRow(tr("tool"), QString::fromStdString(capture.tool));
    std::set<std::string> hardware;
    for (const Device& device : index->trace().devices()) {
        if (!device.hardware.empty())
            hardware.insert(device.hardware);
    }
    QStringList names;
    for (const std::string& name : hardware)
        names += QString::fromStdString(name);
    addRow(tr("hardware"), names.join(QLatin1String(", ")));
    if (capture.rank) {
        addRow(tr("rank"), capture.worldSize ? tr("%1 of %2").arg(*capture.rank).arg(*capture.worldSize)
                                             : QString::number(*capture.rank));
    }
    if (!capture.files.empty()) {
        QStringList ranks;
        for (const CaptureFile& file : capture.files)
            ranks += file.rank ? QString::number(*file.rank)
                               : QFileInfo(QFile::decodeName(file.path.c_str())).fileName();
        addRow(tr("ranks"), capture.worldSize
                                ? tr("%1 of %2").arg(ranks.join(QStringLiteral(", "))).arg(*capture.worldSize)
                                : ranks.join(QStringLiteral(", ")));
        addRow(tr("files"), QLocale().toString(static_cast<qlonglong>(capture.files.size())));
        for (const auto& [name, value] : capture.facts) {
            if (name.starts_with(clockFact))
                addRow(QString::fromStdString(name), QString::fromStdString(value));
        }
    }
    if (!capture.schemaVersion.empty())
        addRow(tr("schema"), QString::fromStdString(capture.schemaVersion));
    addRow(tr("file size"), QLocale().formattedDataSize(static_cast<qint64>(capture.fileBytes)));
    if (const std::optional<std::string> hash = capture.sha256.known(); !hash)
        addRow(tr("SHA-256"), tr("being computed…"));
    else if (!hash->empty())
        addRow(tr("SHA-256"), QString::fromStdString(hash->substr(0, 16)) + QStringLiteral("…"));
    m_section->content()->addWidget(m_rows);
}

void CapturePanel::addRow(const QString& name, const QString& value)
{
    if (value.isEmpty())
        return;
    const int row = m_grid->rowCount();
    m_grid->addWidget(new ThemedLabel(name, Colour::FaintText, m_rows), row, 0, Qt::AlignTop);
    auto* const text = new ThemedLabel(value, Colour::DimText, m_rows);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_grid->addWidget(text, row, 1);
}

} // namespace stepscope
