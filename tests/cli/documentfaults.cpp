#include "tests/cli/documentfaults.h"

#include <set>
#include <string_view>
#include <utility>

namespace stepscope::testing {

namespace {

using Json = nlohmann::json;

/// Whether any name may stand at this place: the document cannot be refused for one.
bool isFreeMap(const std::string& place)
{
    return place == "/context/fields" || place == "/facts" || place == "/contents" ||
           place == "/host_launches/all_launch_calls";
}

class FaultFinder {
public:
    explicit FaultFinder(const Json& document) : m_document(document) { visit({}, {}); }
    const std::vector<DocumentFault>& faults() const { return m_faults; }

private:
    void visit(const std::string& pointer, const std::string& place)
    {
        const Json& here = m_document[Json::json_pointer(pointer)];
        if (here.is_array()) {
            for (std::size_t i = 0; i < here.size(); ++i)
                visit(pointer + "/" + std::to_string(i), place);
        }
        if (!here.is_object())
            return;
        for (const auto& [key, value] : here.items()) {
            std::string escaped; // RFC 6901
            for (const char c : key)
                escaped += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
            if (!isFreeMap(place) && m_seen.insert(place + "/" + key).second)
                plant(pointer, key, place + "/" + key);
            visit(pointer + "/" + escaped, place + "/" + (pointer == "/devices" ? "#" : key));
        }
    }

    void plant(const std::string& pointer, const std::string& key, const std::string& place)
    {
        const Json::json_pointer at(pointer);
        const Json& value = m_document[at][key];
        Json renamed = m_document;
        renamed[at][key + "_x"] = value;
        renamed[at].erase(key);
        m_faults.push_back({place + " renamed", std::move(renamed)});
        if (!value.is_null()) // that may stand for any type
            change(at, key, value.is_string() ? Json(1) : Json("text"), place + " of another type");
        const bool isTime = std::string_view(key).ends_with("_ns") && key != "mean_ns";
        if (isTime && value.is_number_integer()) {
            change(at, key, value.dump(), place + " as a string");
            change(at, key, 0.5, place + " in fractions");
        }
    }

    void change(const Json::json_pointer& at, const std::string& key, Json value, std::string what)
    {
        Json changed = m_document;
        changed[at][key] = std::move(value);
        m_faults.push_back({std::move(what), std::move(changed)});
    }

    const Json& m_document;
    std::set<std::string> m_seen;
    std::vector<DocumentFault> m_faults;
};

} // namespace

std::vector<DocumentFault> documentFaults(const nlohmann::json& document)
{
    return FaultFinder(document).faults();
}

} // namespace stepscope::testing
