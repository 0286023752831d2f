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
                       tr("First second of the window, from the start of the trace. Enter applies it."))),
      m_end(addField(tr("Window end"),
                     tr("Last second of the window, from the start of the trace. Enter applies it."))),
      m_tpot(
          addField(tr("TPOT"),
                   tr("Time per output token that the load driver measured while no profiler ran, in ms. It "
                      "tells how much the profiler slowed the server."))),
      m_tokens(addField(tr("Tokens per step"),
                        tr("Tokens that one step yields for one request: 1 without speculative decoding, 1 + "
                           "accepted ÷ drafts with it."))),
      m_profiledTpot(addField(tr("TPOT of the captured round"),
                              tr("Time per output token that the load driver measured in the very round that "
                                 "was captured, in ms. The trace's cadence must fit it."))),
      m_ttft(
          addField(tr("Time to first token"),
                   tr("The loaded record spreads the prefill over all tokens. With the time to first token "
                      "it is taken out of its TPOT.")))
{
    auto* const section = new PanelSection(tr("MEASUREMENT"),
                                           tr("The window that is measured, and what the load driver "
                                              "measured in the same round and in one without the profiler."),
                                           this);
    auto* const grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(5);
    addRow(grid, {tr("window, s"), m_start}, {tr("to"), m_end});
    addRow(grid, {tr("TPOT, ms"), m_tpot}, {tr("tokens/step"), m_tokens});
    addRow(grid, {tr("captured, ms"), m_profiledTpot}, {tr("TTFT, ms"), m_ttft});
    m_record = new ThemedLabel(Colour::DimText, section);
    m_record->setWordWrap(true);
    m_record->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_record->hide();
    grid->addWidget(m_record, grid->rowCount(), 0, 1, 4);
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(3, 1);
    section->content()->addLayout(grid);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(section);
    addNumberFields();
    showRecord();
    QLineEdit* before = m_start;
    for (QLineEdit* const field : {m_end, m_tpot, m_tokens, m_profiledTpot, m_ttft}) {
        setTabOrder(before, field);
        before = field;
    }
    for (QLineEdit* const field : {m_start, m_end})
        connect(field, &QLineEdit::editingFinished, this, &MeasurementFields::enterWindow);
}

void MeasurementFields::addNumberFields()
{
    m_numbers = {{m_tpot, &DriverNumbers::clean, &RoundNumbers::tpotMilliseconds},
                 {m_tokens, &DriverNumbers::clean, &RoundNumbers::tokensPerStep},
                 {m_profiledTpot, &DriverNumbers::profiled, &RoundNumbers::tpotMilliseconds},
                 {m_ttft, &DriverNumbers::clean, &RoundNumbers::ttftMilliseconds}};
    for (const NumberField& number : m_numbers)
        connect(number.field, &QLineEdit::editingFinished, this, &MeasurementFields::enterDriver);
}

QLineEdit* MeasurementFields::addField(const QString& name, const QString& toolTip)
{
    auto* const field = new QLineEdit(this);
    field->setAccessibleName(name);
    field->setToolTip(displaytext::toolTip(toolTip));
    field->setWhatsThis(displaytext::toolTip(toolTip));
    field->setFont(tabularFont(field->font()));
    field->setMinimumWidth(60);
    return field;
}

void MeasurementFields::addRow(QGridLayout* grid, const LabelledField& first, const LabelledField& second)
{
    const int row = grid->rowCount();
    int column = 0;
    for (const auto& [name, field] : {first, second}) {
        auto* const label = new ThemedLabel(name, Colour::DimText, this);
        label->setBuddy(field);
        label->setToolTip(field->toolTip());
        if (field == m_ttft)
            m_ttftLabel = label;
        grid->addWidget(label, row, column++);
        grid->addWidget(field, row, column++);
    }
}

void MeasurementFields::setAssessment(const std::shared_ptr<const Assessment>& assessment)
{
    setEnabled(assessment != nullptr);
    m_window = assessment ? assessment->analysis.window : TimeRange();
    const DriverNumbers driver = assessment ? assessment->input.driver : DriverNumbers();
    const bool isSameDriver = driver == m_driver;
    m_driver = driver;
    const auto show = [this](QLineEdit* field, const QString& text) {
        if (field->text() != text)
            field->setText(text); // this also takes back the mark of having been edited
        field->setModified(false);
        mark(field, false);
    };
    show(m_start, assessment ? secondsText(m_window.begin) : QString());
    show(m_end, assessment ? secondsText(m_window.end) : QString());
    for (const NumberField& number : m_numbers)
        show(number.field, numberText(m_driver.*number.round.*number.number));
    if (!isSameDriver) // most of all, a drag leaves it as it is
        showRecord();
}

/// Empty fields show what the records say in their place.
void MeasurementFields::showRecord()
{
    const auto placeholder = [](const std::optional<double>& number) {
        return number ? numberText(number) : QStringLiteral("—");
    };
    m_tpot->setPlaceholderText(placeholder(m_driver.clean.tpot()));
    m_tokens->setPlaceholderText(placeholder(m_driver.tokens()));
    m_profiledTpot->setPlaceholderText(placeholder(m_driver.profiled.tpot()));
    m_ttft->setPlaceholderText(QStringLiteral("—"));
    showTtft();
    QStringList lines;
    QStringList details;
    for (const auto& [name, round] :
         {std::pair(QString(), &m_driver.clean), std::pair(tr("captured round: "), &m_driver.profiled)}) {
        if (!round->record)
            continue;
        lines += name + driverRecordText(*round->record);
        if (const QString more = driverRecordDetails(*round->record); !more.isEmpty())
            details += more;
    }
    m_record->setVisible(!lines.isEmpty());
    m_record->setText(lines.join(QLatin1Char('\n')));
    m_record->setToolTip(details.isEmpty() ? QString()
                                           : displaytext::toolTip(details.join(QLatin1Char('\n'))));
}

/// Asked for only where it can change something.
void MeasurementFields::showTtft()
{
    const bool isNeeded = m_driver.clean.prefillSpread() || m_driver.clean.ttftMilliseconds;
    m_ttft->setVisible(isNeeded);
    m_ttftLabel->setVisible(isNeeded);
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
    for (const NumberField& target : m_numbers) {
        QLineEdit* const field = target.field;
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
        entered.*target.round.*target.number = number;
    }
    if (entered != m_driver)
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
