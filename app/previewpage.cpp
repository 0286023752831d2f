#include "app/previewpage.h"

#include "widgets/theme/themedlabel.h"
#include "widgets/timeline/previewview.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace stepscope {

PreviewPage::PreviewPage(QWidget* parent)
    : QWidget(parent), m_view(new PreviewView(this)), m_column(new QWidget(this))
{
    auto* const word =
        new ThemedLabel(tr("Steps, budget, gates and kernels follow when the whole file is read."),
                        Colour::DimText, m_column);
    word->setWordWrap(true);
    auto* const texts = new QVBoxLayout(m_column);
    texts->setContentsMargins(14, 10, 14, 10);
    texts->addWidget(word);
    texts->addStretch();
    auto* const line = new QFrame(this);
    line->setObjectName(QStringLiteral("columnLine"));
    line->setFixedWidth(1);
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_view, 1);
    layout->addWidget(line);
    layout->addWidget(m_column);
}

void PreviewPage::setPreview(std::shared_ptr<const TracePreview> preview)
{
    m_view->setPreview(std::move(preview));
}

void PreviewPage::setColumnWidth(int width)
{
    m_column->setFixedWidth(width);
}

} // namespace stepscope
