#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Marks an English text for translation (lupdate reads it); does nothing here. Core and the CLI print the
/// text as it stands, the window prints QCoreApplication::translate("core", text).
#define STEPSCOPE_TR(text) text

namespace stepscope {

/// A sentence with its arguments: `%1` … `%9` in `text` stand for them.
struct Sentence {
    const char* text = "";
    std::vector<std::string> arguments;

    /// The English sentence, arguments filled in.
    std::string english() const;
};

/// `text` with `%1` … `%9` replaced, each once, whatever the arguments hold.
std::string fillIn(std::string_view text, const std::vector<std::string>& arguments);

} // namespace stepscope
