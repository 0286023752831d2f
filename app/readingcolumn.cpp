#include "app/readingcolumn.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <QWidget>

namespace stepscope {

namespace {

constexpr int widestColumn = 720;
constexpr int pageMargin = 24;

} // namespace

QVBoxLayout* makeReadingColumn(QWidget* page)
{
    auto* const content = new QWidget(page);
    content->setMaximumWidth(widestColumn);
    auto* const column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(14);
    auto* const row = new QHBoxLayout(page);
    row->setContentsMargins(pageMargin, pageMargin, pageMargin, pageMargin);
    row->addStretch(1);
    row->addWidget(content, 8);
    row->addStretch(1);
    return column;
}

} // namespace stepscope
