#include "app/statusstrip.h"

#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/displaytext.h"

#include <QFile>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>

namespace stepscope {

StatusStrip::StatusStrip(QWidget* parent)
    : QStatusBar(parent), m_file(new ThemedLabel(Colour::DimText, this)),
      m_contents(new ThemedLabel(Colour::DimText, this)), m_log(new QPushButton(this)),
      m_took(new ThemedLabel(Colour::DimText, this)), m_readout(new ThemedLabel(Colour::DimText, this))
{
    setSizeGripEnabled(false);
    m_log->setProperty("flatLink", true);
    m_log->setCursor(Qt::PointingHandCursor);
    m_log->hide();
    m_readout->setMonospaced();
    auto* const parts = new QWidget(this);
    auto* const row = new QHBoxLayout(parts);
    row->setContentsMargins(12, 2, 12, 3);
    row->setSpacing(22);
    row->addWidget(m_file);
    row->addWidget(m_contents);
    row->addWidget(m_log);
    row->addWidget(m_took);
    row->addStretch();
    row->addWidget(m_readout);
    addWidget(parts, 1);
    connect(m_log, &QPushButton::clicked, this, &StatusStrip::importLogRequested);
}

void StatusStrip::setTrace(const std::shared_ptr<const TraceIndex>& index, std::chrono::milliseconds took)
{
    m_readout->clear();
    m_log->hide();
    if (!index) {
        for (ThemedLabel* const label : {m_file, m_contents, m_took})
            label->clear();
        return;
    }
    const Trace& trace = index->trace();
    const QString path = QFile::decodeName(trace.capture().path.c_str());
    m_file->setText(fontMetrics().elidedText(QFileInfo(path).fileName(), Qt::ElideMiddle, 320));
    m_file->setToolTip(displaytext::toolTip(path));
    const QString devices = displaytext::counted(trace.devices().size(), tr("1 GPU"), tr("%1 GPUs"));
    const QString spans = displaytext::counted(trace.activityCount(), tr("1 span"), tr("%1 spans"));
    m_contents->setText(QStringLiteral("%1 · %2").arg(devices, spans));
    m_took->setText(tr("opened in %1 s")
                        .arg(QLocale().toString(static_cast<double>(took.count()) / 1000.0, 'f',
                                                took.count() < 1000 ? 2 : 1)));

    const ImportLog& log = trace.log();
    const std::uint64_t lost = log.rowsLost();
    const std::size_t notes =
        log.entries().size() + trace.capture().damage.size(); // as many as the tab tells
    if (notes > 0) {
        m_log->setText(lost > 0 ? displaytext::counted(lost, tr("1 row left out"), tr("%1 rows left out"))
                                : displaytext::counted(notes, tr("1 import note"), tr("%1 import notes")));
        m_log->setToolTip(displaytext::toolTip(tr("What was odd in the file, and what was left out")));
        m_log->show();
    }
}

void StatusStrip::setReadout(const QString& text)
{
    m_readout->setText(text);
}

} // namespace stepscope
