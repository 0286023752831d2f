#pragma once

#include "core/import/serverlaunch.h"
#include "core/trace/contextvalues.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace stepscope {

/// What was said of a server, by the slots of serveroptiontable.h, and what follows from it. The last word on
/// a slot counts; one without a value keeps the slot's default from being stated.
class ServerFacts {
public:
    explicit ServerFacts(ServedEngine engine) : m_engine(engine) {}

    void state(std::string_view slot, std::optional<std::string> value);
    bool knows(std::string_view slot) const { return m_slots.contains(slot); }
    void forget(std::string_view slot) { m_slots.erase(std::string(slot)); }
    void ignore(std::string name) { m_ignored.insert(std::move(name)); }
    /// Options may come from elsewhere: silence means nothing, so no default is stated.
    void expectMore() { m_isOpen = true; }

    /// Derives the fields from the slots, as serveroptions.h tells. Call once.
    ServerCommand finish();

private:
    bool isVllm() const { return m_engine == ServedEngine::Vllm; }
    void stateDefault(std::string_view slot, const char* value);
    std::optional<std::string> textOf(std::string_view slot) const;
    std::optional<std::int64_t> countOf(std::string_view slot) const;
    void deriveGraphMode();
    void deriveBackend();
    void deriveSizes();
    void deriveModel();
    std::optional<std::int64_t> sglangDrafts();

    ServedEngine m_engine;
    std::map<std::string, std::optional<std::string>, std::less<>> m_slots;
    std::set<std::string> m_ignored;
    bool m_isOpen = false;
};

} // namespace stepscope
