#include "app/dialogs/contextdelegate.h"

#include "widgets/theme/tracepalette.h"
#include "widgets/viewmodel/contextmodel.h"

#include <QComboBox>
#include <QGuiApplication>
#include <QLineEdit>

#include <algorithm>

namespace stepscope {

namespace {

constexpr int cellSpace = 8; // above and below a line, together

ContextModel::RowState stateOf(const QModelIndex& index)
{
    return static_cast<ContextModel::RowState>(
        index.siblingAtColumn(ContextModel::Value).data(ContextModel::StateRole).toInt());
}

Colour colourOf(const QModelIndex& index)
{
    const ContextModel::RowState state = stateOf(index);
    const bool isTyped = index.siblingAtColumn(ContextModel::Value).flags() & Qt::ItemIsEditable;
    switch (index.column()) {
    case ContextModel::Name:
        return isTyped ? Colour::Text : Colour::DimText;
    case ContextModel::Value:
        return !isTyped || state == ContextModel::RowState::Hint ? Colour::DimText : Colour::Text;
    case ContextModel::Note:
        return index.data(ContextModel::IsWarningRole).toBool() ? Colour::Warn : Colour::DimText;
    default:
        return Colour::DimText;
    }
}

} // namespace

void ContextDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const TracePalette& colours = TracePalette::matching(QGuiApplication::palette());
    if (!index.parent().isValid()) {
        option->font.setBold(true);
        option->displayAlignment = Qt::AlignLeft | Qt::AlignBottom; // it belongs to what follows
        option->palette.setColor(QPalette::Text, colours[Colour::DimText]);
        return;
    }
    const QColor text = colours[colourOf(index)];
    // The current row keeps its colours: a warning stays one.
    option->palette.setColor(QPalette::Text, text);
    option->palette.setColor(QPalette::HighlightedText, text);
    option->palette.setColor(QPalette::Highlight, colours[Colour::Raised]);
    option->font.setItalic(index.column() == ContextModel::Value &&
                           stateOf(index) == ContextModel::RowState::Hint);
    option->textElideMode = Qt::ElideRight;
}

QWidget* ContextDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&,
                                       const QModelIndex& index) const
{
    const QStringList usual = index.data(ContextModel::UsualValuesRole).toStringList();
    QWidget* editor = nullptr;
    if (usual.isEmpty()) {
        editor = new QLineEdit(parent);
    } else {
        auto* const box = new QComboBox(parent);
        box->setEditable(true);
        box->setInsertPolicy(QComboBox::NoInsert);
        box->addItems(usual);
        box->setMaxVisibleItems(12);
        // A value that was picked is meant: the row shows it at once.
        connect(box, &QComboBox::textActivated, this,
                [this, box] { emit const_cast<ContextDelegate*>(this)->commitData(box); });
        editor = box;
    }
    editor->setAccessibleName(index.siblingAtColumn(ContextModel::Name).data().toString());
    editor->setAccessibleDescription(index.data(Qt::WhatsThisRole).toString());
    editor->setWhatsThis(index.data(Qt::WhatsThisRole).toString());
    return editor;
}

void ContextDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const
{
    const QString text = index.data(Qt::EditRole).toString();
    if (auto* const box = qobject_cast<QComboBox*>(editor)) {
        if (box->lineEdit()->isModified())
            return; // half typed; the document changed meanwhile
        box->setEditText(text);
        box->lineEdit()->selectAll();
    } else if (auto* const line = qobject_cast<QLineEdit*>(editor); line && !line->isModified()) {
        line->setText(text);
    }
}

void ContextDelegate::setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const
{
    const auto* const box = qobject_cast<QComboBox*>(editor);
    const auto* const line = qobject_cast<QLineEdit*>(editor);
    model->setData(index, box ? box->currentText() : line ? line->text() : QString());
}

void ContextDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                           const QModelIndex&) const
{
    editor->setGeometry(option.rect);
}

QSize ContextDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QSize size = QStyledItemDelegate::sizeHint(option, index);
    const int above = index.parent().isValid() || index.row() == 0 ? 0 : cellSpace; // a group stands off
    return {size.width(), option.fontMetrics.height() + cellSpace + above};
}

} // namespace stepscope
