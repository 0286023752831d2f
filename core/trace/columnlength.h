#pragma once

namespace stepscope {

/// What a table promises of one of its columns to whoever stores it.
enum class ColumnLength {
    Rows, ///< one value a row
    Own,  ///< any number: bounds, a dictionary
};

} // namespace stepscope
