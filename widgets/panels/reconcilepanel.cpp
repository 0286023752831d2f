#include "widgets/panels/reconcilepanel.h"

#include "widgets/panels/errorscale.h"
#include "widgets/panels/gatemark.h"
#include "widgets/panels/intervalbar.h"
#include "widgets/panels/lowpanelsheet.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/displaytext.h"

#include <QEvent>
#include <QGridLayout>
#include <QGuiApplication>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

namespace stepscope {

namespace {

constexpr int wideAverages = 170; // average characters of the three parts beside each other

ThemedLabel* addTitle(QVBoxLayout* layout, const QString& text)
{
    auto* const title = new ThemedLabel(text, Colour::Text);
    title->setScale(1.0, true);
    layout->addWidget(title);
    return title;
}

/// The signs between the figures of the sum.
void addSign(QGridLayout* grid, int column, const QString& sign)
{
    auto* const label = new ThemedLabel(sign, Colour::DimText);
    label->setScale(1.25);
    grid->addWidget(label, 1, column, Qt::AlignCenter);
}

} // namespace

ReconcilePanel::ReconcilePanel(QWidget* parent) : QWidget(parent), m_scroll(new QScrollArea(this))
{
    setAccessibleName(tr("Reconcile with the driver"));
    auto* const content = new QWidget;
    m_columns = new QGridLayout(content);
    m_columns->setContentsMargins(14, 8, 14, 8);
    m_columns->setHorizontalSpacing(32);
    m_columns->setVerticalSpacing(10);
    m_capturePart = makeCapture();
    m_tokensPart = makeTokens();
    m_serverPart = makeServer();
    placeColumns();
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_scroll);
    applyTheme();
}

QWidget* ReconcilePanel::makeCapture()
{
    auto* const column = new QWidget;
    auto* const layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    addTitle(layout, tr("Is the capture right?"));
    auto* const grid = new QGridLayout;
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(0);
    m_cadence = addFigure(grid, 0, {});
    addSign(grid, 1, QStringLiteral("÷"));
    m_tokens = addFigure(grid, 2, tr("tokens/step"));
    addSign(grid, 3, QStringLiteral("="));
    m_predicted = addFigure(grid, 4, tr("predicted TPOT"));
    m_tpot = addFigure(grid, 6, {});
    m_error = new ThemedLabel(Colour::DimText);
    m_error->setScale(1.15, true);
    grid->addWidget(m_error, 1, 7, Qt::AlignRight | Qt::AlignVCenter);
    grid->setColumnMinimumWidth(5, 6);
    grid->setColumnStretch(7, 1);
    layout->addLayout(grid);
    m_scale = new ErrorScale;
    layout->addWidget(m_scale);
    m_captureSentence = addSentence(layout);
    layout->addStretch();
    return column;
}

QWidget* ReconcilePanel::makeTokens()
{
    auto* const column = new QWidget;
    auto* const layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    addTitle(layout, tr("Tokens per step, by source"));
    m_tokensGrid = new QGridLayout;
    m_tokensGrid->setHorizontalSpacing(12);
    m_tokensGrid->setVerticalSpacing(3);
    m_tokensGrid->setColumnStretch(3, 1);
    layout->addLayout(m_tokensGrid);
    layout->addStretch();
    return column;
}

QWidget* ReconcilePanel::makeServer()
{
    auto* const column = new QWidget;
    auto* const layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    addTitle(layout, tr("Does it speak for the server?"));
    auto* const grid = new QGridLayout;
    grid->setVerticalSpacing(0);
    m_slowdown = addFigure(grid, 0, tr("ρ = traced step ÷ clean step"));
    grid->setColumnStretch(1, 1);
    layout->addLayout(grid);
    m_serverSentence = addSentence(layout);
    m_interval = new IntervalBar;
    layout->addWidget(m_interval);
    m_intervalSentence = addSentence(layout);
    m_betweenSteps = addSentence(layout);
    layout->addStretch();
    return column;
}

ReconcilePanel::Figure ReconcilePanel::addFigure(QGridLayout* grid, int column, const QString& label)
{
    const Figure figure{new ThemedLabel(label, Colour::DimText), new ThemedLabel(Colour::Text)};
    figure.label->setScale(0.92);
    figure.value->setMonospaced();
    figure.value->setScale(1.25);
    figure.value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    figure.label->setBuddy(figure.value);
    grid->addWidget(figure.label, 0, column);
    grid->addWidget(figure.value, 1, column);
    return figure;
}

ThemedLabel* ReconcilePanel::addSentence(QVBoxLayout* layout)
{
    auto* const sentence = new ThemedLabel(Colour::DimText);
    sentence->setWordWrap(true);
    sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(sentence);
    return sentence;
}

void ReconcilePanel::setAssessment(const std::shared_ptr<const Assessment>& assessment)
{
    m_assessment = assessment;
    if (isVisible())
        showContent();
}

void ReconcilePanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    showContent();
}

void ReconcilePanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    placeColumns();
}

/// The two questions stand beside each other always; the tokens between them, or below the first where it is
/// narrow.
void ReconcilePanel::placeColumns()
{
    const bool isWide = width() >= wideAverages * fontMetrics().averageCharWidth();
    m_columns->addWidget(m_capturePart, 0, 0);
    m_columns->addWidget(m_tokensPart, isWide ? 0 : 1, isWide ? 1 : 0);
    m_columns->addWidget(m_serverPart, 0, 2, isWide ? 1 : 2, 1);
    m_columns->setColumnStretch(0, 5);
    m_columns->setColumnStretch(1, isWide ? 4 : 0);
    m_columns->setColumnStretch(2, 4);
    m_columns->setRowStretch(1, 1);
    m_columns->setHorizontalSpacing(isWide ? 32 : 16);
}

void ReconcilePanel::showContent()
{
    m_content = m_assessment ? reconcileContent(*m_assessment) : ReconcileContent();
    showCapture();
    showTokens();
    showServer();
}

void ReconcilePanel::showCapture()
{
    m_cadence.label->setText(m_content.cadenceLabel);
    m_cadence.value->setText(m_content.cadence);
    m_tokens.value->setText(m_content.tokens);
    m_predicted.value->setText(m_content.predicted);
    m_tpot.label->setText(m_content.tpotLabel);
    m_tpot.value->setText(m_content.tpot);
    const GateMark mark = gateMark(m_content.captureState);
    m_error->setText(m_content.error ? mark.sign + QLatin1Char(' ') + m_content.errorText : QString());
    m_error->setColour(mark.colour);
    m_scale->setError(m_content.error);
    m_captureSentence->setText(m_content.captureSentence);
}

void ReconcilePanel::showServer()
{
    m_slowdown.value->setText(m_content.slowdown);
    m_serverSentence->setText(m_content.serverSentence);
    IntervalBar::Content bar;
    bar.measured = m_content.hostShare;
    if (m_content.hostInterval) {
        bar.low = m_content.hostInterval->shareLow;
        bar.high = m_content.hostInterval->shareHigh;
    }
    if (m_assessment)
        bar.line = m_assessment->input.thresholds.host;
    m_interval->setContent(bar);
    m_interval->setToolTip(
        displaytext::toolTip(tr("Filled: the host's share of a step without the profiler, certain up to the "
                                "darker end. Mark: as the "
                                "trace shows it. Dashed: from here on the step is host-bound.") +
                             QLatin1Char('\n') + m_content.assumption));
    for (ThemedLabel* const label : {m_intervalSentence, m_betweenSteps})
        label->setToolTip(displaytext::toolTip(m_content.assumption));
    m_intervalSentence->setText(m_content.intervalSentence);
    m_intervalSentence->setVisible(!m_content.intervalSentence.isEmpty());
    m_betweenSteps->setText(m_content.betweenStepsSentence);
    m_betweenSteps->setVisible(!m_content.betweenStepsSentence.isEmpty());
}

void ReconcilePanel::showTokens()
{
    while (m_tokensRows.size() < m_content.tokensLines.size()) {
        const int row = static_cast<int>(m_tokensRows.size());
        std::vector<ThemedLabel*> labels;
        for (int column = 0; column < 4; ++column) {
            labels.push_back(new ThemedLabel(column == 1 || column == 3 ? Colour::DimText : Colour::Text));
            m_tokensGrid->addWidget(labels.back(), row, column,
                                    column == 2 ? Qt::AlignRight : Qt::Alignment());
        }
        labels[2]->setMonospaced();
        m_tokensRows.push_back(std::move(labels));
    }
    for (std::size_t i = 0; i < m_tokensRows.size(); ++i) {
        const bool isShown = i < m_content.tokensLines.size();
        const TokensLine line = isShown ? m_content.tokensLines[i] : TokensLine();
        const QString texts[] = {line.source, line.how, line.value, line.remark};
        for (std::size_t column = 0; column < 4; ++column) {
            m_tokensRows[i][column]->setText(texts[column]);
            m_tokensRows[i][column]->setVisible(isShown);
        }
        m_tokensRows[i][3]->setColour(line.isUsed ? Colour::Pass : Colour::DimText);
    }
}

void ReconcilePanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
    QWidget::changeEvent(event);
}

void ReconcilePanel::applyTheme()
{
    const QString sheet = lowPanelSheet(TracePalette::matching(QGuiApplication::palette()));
    if (m_scroll->styleSheet() != sheet)
        m_scroll->setStyleSheet(sheet);
}

void ReconcilePanel::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), TracePalette::matching(QGuiApplication::palette())[Colour::Canvas]);
}

} // namespace stepscope
