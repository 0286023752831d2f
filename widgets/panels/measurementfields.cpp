#include "widgets/panels/measurementfields.h"

#include "widgets/panels/panelsection.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/driverrecordtext.h"

#include <QGridLayout>
#include <QLineEdit>
#include <QLocale>
#include <QStyle>
#include <QVBoxLayout>

#include <cmath>
#include <limits>

namespace stepscope {

namespace {

std::optional<double> typedNumber(const QString& text)
{
    bool isNumber = false;
    double number = QLocale().toDouble(text.trimmed(), &isNumber);
    if (!isNumber)
        number = QLocale::c().toDouble(text.trimmed(), &isNumber);
    return isNumber && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::optional<TimePoint> typedSeconds(const QString& text)
{
    const std::optional<double> seconds = typedNumber(text);
    constexpr double longest = 1e9; // s: far beyond any trace, far from the end of 64 bits
    if (!seconds || std::abs(*seconds) > longest)
        return std::nullopt;
    return timePointAt(std::llround(*seconds * 1e9));
}

QString secondsText(TimePoint time)
{
    return QLocale().toString(static_cast<double>(nanosecondsOf(time)) / 1e9, 'f', 6);
}

QString numberText(const std::optional<double>& number)
{
    return number ? QLocale().toString(*number, 'g', 6) : QString();
}

} // namespace

MeasurementFields::MeasurementFields(QWidget* parent)
    : QWidget(parent),
      m_start(addField(tr("Window start"),
                       tr("First second of the window, from the start of the trace. Enter applies "
                          "it."),
                       {})),
      m_end(addField(tr("Window end"),
                     tr("Last second of the window, from the start of the trace. Enter applies it."), {})),
      m_tpot(addField(tr("TPOT"),
                      tr("Time per output token that the load driver measured in the same round, in ms. "
                         "The trace's cadence is checked against it."),
                      QStringLiteral("—"))),
      m_tokens(addField(tr("Tokens per step"),
                        tr("Tokens that one step yields for one request: 1 without speculative "
                           "decoding, 1 + accepted ÷ drafts with it."),
                        QStringLiteral("—")))
{
    auto* const section = new PanelSection(tr("MEASUREMENT"), this);
    auto* const grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(5);
    const auto addRow = [&](int row, const QString& firstName, QLineEdit* first, const QString& secondName,
                            QLineEdit* second) {
        auto* const firstLabel = new ThemedLabel(firstName, Colour::DimText, section);
        auto* const secondLabel = new ThemedLabel(secondName, Colour::DimText, section);
        firstLabel->setBuddy(first);
        secondLabel->setBuddy(second);
        grid->addWidget(firstLabel, row, 0);
        grid->addWidget(first, row, 1);
        grid->addWidget(secondLabel, row, 2);
        grid->addWidget(second, row, 3);
    };
    addRow(0, tr("window, s"), m_start, tr("to"), m_end);
    addRow(1, tr("TPOT, ms"), m_tpot, tr("tokens/step"), m_tokens);
    m_record = new ThemedLabel(Colour::DimText, section);
    m_record->setWordWrap(true);
    m_record->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_record->hide();
    grid->addWidget(m_record, 2, 0, 1, 4);
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(3, 1);
    section->content()->addLayout(grid);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(section);
    setTabOrder(m_start, m_end);
    setTabOrder(m_end, m_tpot);
    setTabOrder(m_tpot, m_tokens);

    for (QLineEdit* const field : {m_start, m_end})
        connect(field, &QLineEdit::editingFinished, this, &MeasurementFields::enterWindow);
    for (QLineEdit* const field : {m_tpot, m_tokens})
        connect(field, &QLineEdit::editingFinished, this, &MeasurementFields::enterDriver);
}

QLineEdit* MeasurementFields::addField(const QString& name, const QString& toolTip,
                                       const QString& placeholder)
{
    auto* const field = new QLineEdit(this);
    field->setAccessibleName(name);
    field->setToolTip(displaytext::toolTip(toolTip));
    field->setPlaceholderText(placeholder);
    field->setFont(tabularFont(field->font()));
    field->setMinimumWidth(60);
    return field;
}

void MeasurementFields::setAssessment(const std::shared_ptr<const Assessment>& assessment)
{
    setEnabled(assessment != nullptr);
    m_window = assessment ? assessment->analysis.window : TimeRange();
    m_driver = assessment ? assessment->driver : DriverNumbers();
    const auto show = [this](QLineEdit* field, const QString& text) {
        if (field->text() != text)
            field->setText(text); // this also takes back the mark of having been edited
        field->setModified(false);
        mark(field, false);
    };
    show(m_start, assessment ? secondsText(m_window.begin) : QString());
    show(m_end, assessment ? secondsText(m_window.end) : QString());
    show(m_tpot, numberText(m_driver.tpotMilliseconds));
    show(m_tokens, numberText(m_driver.tokensPerStep));
    showRecord();
}

/// Empty fields show what the record says in their place.
void MeasurementFields::showRecord()
{
    const DriverRecord* const record = m_driver.record.get();
    const auto placeholder = [](const std::optional<double>& number) {
        return number ? numberText(number) : QStringLiteral("—");
    };
    m_tpot->setPlaceholderText(placeholder(m_driver.tpot()));
    m_tokens->setPlaceholderText(placeholder(m_driver.tokens()));
    m_record->setVisible(record != nullptr);
    m_record->setText(record != nullptr ? driverRecordText(*record) : QString());
    m_record->setToolTip(record != nullptr ? displaytext::toolTip(driverRecordDetails(*record)) : QString());
}

void MeasurementFields::editTpot()
{
    edit(m_tpot);
}

void MeasurementFields::editTokensPerStep()
{
    edit(m_tokens);
}

void MeasurementFields::edit(QLineEdit* field)
{
    field->setFocus(Qt::ShortcutFocusReason);
    field->selectAll();
}

void MeasurementFields::enterWindow()
{
    TimeRange entered = m_window;
    for (QLineEdit* const field : {m_start, m_end}) {
        if (!field->isModified())
            continue;
        const std::optional<TimePoint> time = typedSeconds(field->text());
        mark(field, !time);
        if (!time)
            return;
        (field == m_start ? entered.begin : entered.end) = *time;
    }
    if (entered == m_window)
        return;
    if (entered.isEmpty()) {
        mark(m_start->isModified() ? m_start : m_end, true);
        return;
    }
    emit windowEntered(entered);
}

void MeasurementFields::enterDriver()
{
    DriverNumbers entered = m_driver;
    for (QLineEdit* const field : {m_tpot, m_tokens}) {
        if (!field->isModified())
            continue;
        std::optional<double> number;
        if (!field->text().trimmed().isEmpty()) {
            number = typedNumber(field->text());
            const bool isWrong = !number || *number <= 0.0;
            mark(field, isWrong);
            if (isWrong)
                return;
        }
        (field == m_tpot ? entered.tpotMilliseconds : entered.tokensPerStep) = number;
    }
    if (entered.tpotMilliseconds != m_driver.tpotMilliseconds ||
        entered.tokensPerStep != m_driver.tokensPerStep)
        emit driverEntered(entered);
}

void MeasurementFields::mark(QLineEdit* field, bool isWrong)
{
    if (field->property("wrong").toBool() == isWrong)
        return;
    field->setProperty("wrong", isWrong); // the window's style sheet draws it
    style()->unpolish(field);
    style()->polish(field);
}

} // namespace stepscope
