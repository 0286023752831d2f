#include "widgets/panels/cadencesummary.h"

#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/displaytext.h"

#include <QGridLayout>
#include <QLocale>

namespace stepscope {

CadenceSummary::CadenceSummary(QWidget* parent) : QWidget(parent)
{
    struct Figure {
        QString caption;
        QString meaning;
    };
    const std::array<Figure, figures> all = {{
        {tr("steps"), tr("Whole decode steps in the window.")},
        {tr("mean ms"), tr("The mean is what a driver's TPOT is compared with.")},
        {tr("median"), tr("Half of the steps are shorter, in ms.")},
        {tr("variation"), tr("Standard deviation divided by the mean: 0 is a perfectly even pace.")},
        {tr("p10"), tr("One step in ten is shorter, in ms.")},
        {tr("p90"), tr("One step in ten is longer, in ms.")},
        {tr("p99"), tr("One step in a hundred is longer, in ms.")},
        {tr("outliers"), tr("Steps longer than one and a half medians.")},
    }};
    auto* const grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(1);
    for (std::size_t i = 0; i < figures; ++i) {
        const int column = static_cast<int>(i % 4);
        const int row = static_cast<int>(i / 4) * 3; // caption, value, air
        auto* const caption = new ThemedLabel(all[i].caption, Colour::FaintText, this);
        caption->setScale(0.92);
        m_values[i] = new ThemedLabel(Colour::Text, this);
        m_values[i]->setMonospaced();
        for (QLabel* const label : {caption, m_values[i]})
            label->setToolTip(displaytext::toolTip(all[i].meaning));
        grid->addWidget(caption, row, column);
        grid->addWidget(m_values[i], row + 1, column);
        grid->setColumnStretch(column, 1);
    }
    grid->setRowMinimumHeight(2, 5);
    setAssessment(nullptr);
}

void CadenceSummary::setAssessment(const std::shared_ptr<const Assessment>& assessment)
{
    m_shown = assessment ? assessment->referenceWindow().cadence : CadenceStatistics();
    m_snapshot = assessment ? assessment->snapshot : 0;
    if (m_shown.count == 0) {
        for (ThemedLabel* const value : m_values)
            value->setText(QStringLiteral("—"));
        return;
    }
    const double mean = m_shown.meanNanoseconds();
    const int decimals = mean < 10e6 ? 3 : 2;
    const auto text = [decimals](Duration length) {
        return displaytext::milliseconds(static_cast<double>(length.count()), decimals);
    };
    m_values[0]->setText(displaytext::count(m_shown.count));
    m_values[1]->setText(displaytext::milliseconds(mean, decimals));
    m_values[2]->setText(text(m_shown.spread.median));
    m_values[3]->setText(QLocale().toString(m_shown.variation, 'f', 3));
    m_values[4]->setText(text(m_shown.spread.p10));
    m_values[5]->setText(text(m_shown.spread.p90));
    m_values[6]->setText(text(m_shown.spread.p99));
    m_values[7]->setText(displaytext::count(m_shown.outliers));
}

} // namespace stepscope
