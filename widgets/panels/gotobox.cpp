#include "widgets/panels/gotobox.h"

#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/displaytext.h"

#include <QApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QStyledItemDelegate>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace stepscope {

namespace {

constexpr int widest = 640;
constexpr int tallest = 420;
constexpr int fromTop = 60;
constexpr int besides = 40;
constexpr int noteWidth = 190;
constexpr int rowsOfPage = 10;
constexpr int rowPadding = 4;

/// Notes are dimmer than texts.
class PlaceDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        return QStyledItemDelegate::sizeHint(option, index) + QSize(0, 2 * rowPadding);
    }

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->state &= ~QStyle::State_HasFocus;
        if (index.column() == GoToModel::Note)
            option->palette.setColor(QPalette::Text,
                                     TracePalette::matching(QGuiApplication::palette())[Colour::DimText]);
    }
};

} // namespace

GoToBox::GoToBox(QWidget* window)
    : QFrame(window), m_model(new GoToModel(this)), m_field(new QLineEdit(this)), m_list(new QTreeView(this)),
      m_told(new ThemedLabel(Colour::DimText, this))
{
    setObjectName(QStringLiteral("goTo"));
    setAttribute(Qt::WA_StyledBackground);
    m_field->setPlaceholderText(tr("Go to a lane, an action or a kernel"));
    m_field->setAccessibleName(tr("Go to"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PlaceDelegate(m_list));
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setHeaderHidden(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus); // the keys are the field's
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setMinimumSectionSize(0);
    m_list->header()->setSectionResizeMode(GoToModel::Text, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(GoToModel::Note, QHeaderView::Fixed);
    m_list->header()->resizeSection(GoToModel::Note, noteWidth);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 6);
    layout->setSpacing(6);
    layout->addWidget(m_field);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_told);
    connect(m_field, &QLineEdit::textChanged, this, &GoToBox::filter);
    connect(m_list, &QTreeView::clicked, this, &GoToBox::go);
    m_field->installEventFilter(this);
    window->installEventFilter(this);
    hide();
}

void GoToBox::open(std::vector<GoToPlace> places)
{
    if (!isVisible())
        m_before = QApplication::focusWidget();
    m_model->setPlaces(std::move(places));
    m_field->clear();
    filter();
    place();
    show();
    raise();
    m_field->setFocus(Qt::ShortcutFocusReason);
}

void GoToBox::place()
{
    const QSize room = parentWidget()->size();
    const int width = std::min(widest, room.width() - besides);
    setGeometry((room.width() - width) / 2, fromTop, width,
                std::min(tallest, room.height() - fromTop - besides));
}

void GoToBox::filter()
{
    m_model->setFilter(m_field->text());
    const std::size_t matches = m_model->matches();
    if (matches == 0)
        m_told->setText(tr("nothing has this in its name"));
    else if (matches > GoToModel::mostRows)
        m_told->setText(tr("%1 of %2: type more to see the others")
                            .arg(displaytext::count(GoToModel::mostRows), displaytext::count(matches)));
    else
        m_told->setText(tr("Enter goes there, Esc closes"));
    choose(0);
}

int GoToBox::chosenRow() const
{
    return m_list->currentIndex().isValid() ? m_list->currentIndex().row() : -1;
}

void GoToBox::choose(int row)
{
    const int rows = m_model->rowCount();
    if (rows > 0)
        m_list->setCurrentIndex(m_model->index(std::clamp(row, 0, rows - 1), GoToModel::Text));
}

void GoToBox::go()
{
    const int row = chosenRow();
    if (row < 0)
        return;
    const std::function<void()> deed = m_model->place(row).go; // a copy: it may open the box again
    shut();
    deed();
}

void GoToBox::shut()
{
    hide();
    if (m_before)
        m_before->setFocus(Qt::OtherFocusReason);
    m_before.clear();
}

bool GoToBox::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget()) {
        if (event->type() == QEvent::Resize && isVisible())
            place();
        return false;
    }
    if (event->type() == QEvent::FocusOut) {
        if (static_cast<QFocusEvent*>(event)->reason() != Qt::ActiveWindowFocusReason)
            hide();
        return false;
    }
    if (event->type() != QEvent::KeyPress)
        return false;
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Escape:
        shut();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        go();
        return true;
    case Qt::Key_Up:
        choose(chosenRow() - 1);
        return true;
    case Qt::Key_Down:
        choose(chosenRow() + 1);
        return true;
    case Qt::Key_PageUp:
        choose(chosenRow() - rowsOfPage);
        return true;
    case Qt::Key_PageDown:
        choose(chosenRow() + rowsOfPage);
        return true;
    default:
        return false;
    }
}

} // namespace stepscope
