#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace stepscope::testing {

/// One change of a document that its schema must refuse.
struct DocumentFault {
    std::string what;
    nlohmann::json document;
};

/// For each key of a document, the first time it stands at its place: the key renamed, its value of another
/// type, a time in fractions. Maps that take any name are left out.
std::vector<DocumentFault> documentFaults(const nlohmann::json& document);

} // namespace stepscope::testing
