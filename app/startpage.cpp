#include "app/startpage.h"

#include "app/card.h"
#include "app/recentfiles.h"
#include "app/recentrow.h"
#include "widgets/theme/themedlabel.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace stepscope {

namespace {

constexpr int columnWidth = 680;

} // namespace

StartPage::StartPage(const RecentFiles& recent, bool hasSample, QWidget* parent)
    : QWidget(parent), m_recent(recent), m_recentTitle(new ThemedLabel(tr("Recent"), Colour::Text, this)),
      m_recentRows(new QVBoxLayout)
{
    auto* const title = new ThemedLabel(tr("Where does each decoded token’s time go?"), Colour::Text, this);
    title->setScale(1.9, true);
    title->setWordWrap(true);
    auto* const subtitle = new ThemedLabel(tr("Open a trace of a running server. StepScope finds the steps, "
                                              "checks the capture, and says what holds it back."),
                                           Colour::DimText, this);
    subtitle->setScale(1.05);
    subtitle->setWordWrap(true);
    m_recentTitle->setScale(1.0, true);
    m_recentRows->setSpacing(0);

    auto* const cards = new QHBoxLayout;
    cards->setSpacing(14);
    auto* const open = new Card(
        tr("Open a trace"),
        tr("nsys .sqlite, torch profiler .json or .json.gz; or drop a file anywhere in this window."), this);
    cards->addWidget(open);
    connect(open, &Card::clicked, this, &StartPage::openRequested);
    if (hasSample) {
        auto* const sample =
            new Card(tr("See the sample"),
                     tr("A host-bound decode loop, with a prefill to leave out and a gap to find."), this);
        cards->addWidget(sample);
        connect(sample, &Card::clicked, this, &StartPage::sampleRequested);
    }

    auto* const column = new QWidget(this);
    column->setMaximumWidth(columnWidth);
    auto* const rows = new QVBoxLayout(column);
    rows->setContentsMargins(0, 24, 0, 24);
    rows->addStretch(1);
    rows->addWidget(title);
    rows->addSpacing(8);
    rows->addWidget(subtitle);
    rows->addSpacing(20);
    rows->addLayout(cards);
    rows->addSpacing(24);
    rows->addWidget(m_recentTitle);
    rows->addSpacing(4);
    rows->addLayout(m_recentRows);
    rows->addStretch(2);
    auto* const page = new QHBoxLayout(this);
    page->addStretch(1);
    page->addWidget(column, 20);
    page->addStretch(1);
    connect(&m_recent, &RecentFiles::changed, this, &StartPage::showRecent);
    showRecent();
}

void StartPage::showRecent()
{
    while (QLayoutItem* const item = m_recentRows->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (const RecentFile& file : m_recent.files()) {
        auto* const row = new RecentRow(file, this);
        connect(row, &RecentRow::clicked, this, [this, path = file.path] { emit recentRequested(path); });
        m_recentRows->addWidget(row);
    }
    m_recentTitle->setVisible(!m_recent.files().empty());
}

} // namespace stepscope
