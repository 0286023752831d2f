#pragma once

class QVBoxLayout;
class QWidget;

namespace stepscope {

/// Lays `page` out as one column in its middle, no wider than a line that reads well; the column is for what
/// the page says.
QVBoxLayout* makeReadingColumn(QWidget* page);

} // namespace stepscope
