#include "widgets/panels/findbar.h"

#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/spanselection.h"
#include "widgets/viewmodel/timelineviewport.h"
#include "widgets/viewmodel/tracedocument.h"

#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QToolButton>

#include <utility>

namespace stepscope {

namespace {

constexpr int narrowestField = 360;
constexpr int longestText = 500;

QToolButton* addButton(const QString& text, const QString& toolTip, QHBoxLayout* layout)
{
    auto* const button = new QToolButton;
    button->setText(text);
    button->setAutoRaise(true);
    button->setToolTip(toolTip);
    button->setAccessibleName(toolTip);
    layout->addWidget(button);
    return button;
}

} // namespace

FindBar::FindBar(const TraceDocument& document, const TimelineViewport& viewport,
                 const SpanSelection& selection, QWidget* parent)
    : QWidget(parent), m_document(document), m_viewport(viewport), m_selection(selection),
      m_field(new QLineEdit(this)), m_told(new ThemedLabel(Colour::DimText, this)),
      m_job([this](const SpanSearch& found) { take(found); })
{
    setObjectName(QStringLiteral("findBar"));
    m_field->setPlaceholderText(tr("Name of a kernel, a call or a range"));
    m_field->setToolTip(
        tr("Whatever the case of letters; of several words each must be in the name, in any order"));
    m_field->setAccessibleName(tr("Find a name"));
    m_field->setMinimumWidth(narrowestField);
    m_field->setMaxLength(longestText);
    m_field->setClearButtonEnabled(true);
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 6, 10, 7);
    layout->setSpacing(8);
    layout->addWidget(new ThemedLabel(tr("Find"), Colour::Text, this));
    layout->addWidget(m_field);
    m_previous = addButton(QStringLiteral("‹"), tr("The one before (Shift+Enter)"), layout);
    m_next = addButton(QStringLiteral("›"), tr("The next one (Enter)"), layout);
    layout->addWidget(m_told, 1);
    auto* const close = addButton(QStringLiteral("✕"), tr("Close (Esc)"), layout);
    setFocusProxy(m_field);
    connect(m_field, &QLineEdit::textChanged, this, &FindBar::search);
    connect(m_previous, &QToolButton::clicked, this, &FindBar::showPrevious);
    connect(m_next, &QToolButton::clicked, this, &FindBar::showNext);
    connect(close, &QToolButton::clicked, this, &FindBar::shut);
    connect(&document, &TraceDocument::indexChanged, this, &FindBar::search);
    connect(&selection, &SpanSelection::changed, this, &FindBar::tell);
    hide();
    tell();
}

void FindBar::open()
{
    if (!m_document.isOpen())
        return;
    show();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
    search();
}

void FindBar::shut()
{
    hide();
    search(); // what was found takes memory
    emit closed();
}

void FindBar::search()
{
    m_wanted.reset();
    const QString text = m_field->text();
    if (!isVisible() || !m_document.isOpen() || text.trimmed().isEmpty()) {
        m_job.cancel();
        take({});
        return;
    }
    m_job.request([index = m_document.index(), text](Progress& progress) {
        return SpanSearch::of(index, text, progress);
    });
    tell();
}

void FindBar::take(const SpanSearch& found)
{
    m_found = found;
    tell();
    if (const std::optional<Neighbour> direction = std::exchange(m_wanted, std::nullopt))
        step(*direction);
}

void FindBar::showNext()
{
    step(Neighbour::Next);
}

void FindBar::showPrevious()
{
    step(Neighbour::Previous);
}

void FindBar::step(Neighbour direction)
{
    if (!isVisible()) {
        open();
        return;
    }
    if (m_job.isBusy()) { // what was typed last is meant
        m_wanted = direction;
        return;
    }
    if (m_found.index() == nullptr || m_found.index() != m_document.index())
        return;
    SpanRef span;
    if (!m_selection.current().isNone())
        span = m_found.nextOf(m_selection.current(), direction);
    else if (direction == Neighbour::Next)
        span = m_found.firstFrom(m_viewport.view().begin);
    if (span.isNone())
        span = m_found.outermost(direction);
    if (!span.isNone())
        emit showRequested(span);
}

void FindBar::tell()
{
    m_told->setText(told());
    for (QToolButton* const button : {m_previous, m_next})
        button->setEnabled(m_found.spans() > 0);
}

QString FindBar::told() const
{
    if (m_job.isBusy()) // what was found is of another text
        return tr("searching…");
    if (m_found.index() == nullptr)
        return {};
    const std::size_t spans = m_found.spans();
    if (spans == 0)
        return tr("no name holds this");
    const QString names = displaytext::counted(m_found.names(), tr("1 name"), tr("%1 names"));
    if (m_found.index() == m_document.index()) {
        if (const auto number = m_found.numberOf(m_selection.current()))
            return tr("%1 of %2 · %3").arg(displaytext::count(*number), displaytext::count(spans), names);
    }
    return tr("%1 of %2").arg(displaytext::counted(spans, tr("1 span"), tr("%1 spans")), names);
}

void FindBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        shut();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        step((event->modifiers() & Qt::ShiftModifier) != 0 ? Neighbour::Previous : Neighbour::Next);
    } else {
        QWidget::keyPressEvent(event);
    }
}

void FindBar::paintEvent(QPaintEvent*)
{
    const TracePalette& colours = TracePalette::matching(QGuiApplication::palette());
    QPainter painter(this);
    painter.fillRect(rect(), colours[Colour::Raised]);
    painter.fillRect(0, height() - 1, width(), 1, colours[Colour::Separator]);
}

} // namespace stepscope
