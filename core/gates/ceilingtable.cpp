#include "core/gates/ceilingtable.h"

#include "core/analysis/pattern.h"
#include "core/gates/ceilingsdata.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cassert>
#include <utility>

namespace stepscope {

namespace {

/// The row is left with what is not there empty.
Ceiling ceilingIn(const nlohmann::json& row)
{
    Ceiling ceiling;
    const auto text = [&row](const char* key) {
        const auto member = row.find(key);
        return member != row.end() && member->is_string() ? member->get<std::string>() : std::string();
    };
    if (!row.is_object())
        return ceiling;
    ceiling.key = text("key");
    ceiling.hardware = text("hardware");
    ceiling.quantity = text("quantity");
    ceiling.unit = text("unit");
    ceiling.source = text("source");
    if (const auto value = row.find("value"); value != row.end() && value->is_number())
        ceiling.value = value->get<double>();
    return ceiling;
}

bool isWhole(const Ceiling& ceiling)
{
    return !ceiling.key.empty() && !ceiling.hardware.empty() && !ceiling.quantity.empty() &&
           !ceiling.unit.empty() && !ceiling.source.empty() && ceiling.value > 0.0;
}

} // namespace

Result<CeilingTable> CeilingTable::fromJson(std::string_view json)
{
    const nlohmann::json document = nlohmann::json::parse(json, nullptr, false);
    if (!document.is_object() || !document.contains("ceilings") || !document["ceilings"].is_array())
        return Error{ErrorCode::BadRules, "no array \"ceilings\""};
    CeilingTable table;
    for (const nlohmann::json& row : document["ceilings"]) {
        Ceiling ceiling = ceilingIn(row);
        const std::string place = "ceiling " + std::to_string(table.m_rows.size() + 1);
        if (!isWhole(ceiling))
            return Error{ErrorCode::BadRules, place + " lacks a part, or its value is not above 0"};
        if (table.find(ceiling.key) != nullptr)
            return Error{ErrorCode::BadRules, place + ": the key " + ceiling.key + " is there twice"};
        if (const Result<Pattern> pattern = Pattern::compile(ceiling.hardware); !pattern)
            return pattern.error();
        table.m_rows.push_back(std::move(ceiling));
    }
    return table;
}

CeilingTable CeilingTable::standard()
{
    Result<CeilingTable> table = fromJson(ceilingsJson);
    assert(table); // the table is compiled in and covered by a test
    return std::move(*table);
}

const Ceiling* CeilingTable::find(std::string_view key) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                    [key](const Ceiling& ceiling) { return ceiling.key == key; });
    return found == m_rows.end() ? nullptr : &*found;
}

std::vector<const Ceiling*> CeilingTable::of(std::string_view hardware) const
{
    std::vector<const Ceiling*> fitting;
    for (const Ceiling& ceiling : m_rows) {
        const Result<Pattern> pattern = Pattern::compile(ceiling.hardware);
        if (pattern && pattern->matches(hardware))
            fitting.push_back(&ceiling);
    }
    return fitting;
}

} // namespace stepscope
