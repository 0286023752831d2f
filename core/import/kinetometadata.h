#pragma once

#include "core/import/kinetoevent.h"
#include "core/trace/captureinfo.h"
#include "core/trace/importlog.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepscope {

/// What a kineto trace says of itself beside its events (formats.md §2.1). Fed while the file is read, in
/// any order; applied when it ends, as some writers put it last.
class KinetoMetadata {
public:
    /// A value at or below the key `top` of the root object. `level` 1: the key's own value; 2: inside its
    /// object or array; 3: inside an object of its array. `key` is the innermost one.
    void value(std::string_view top, int level, std::string_view key, const JsonScalar& scalar);
    /// An object begins inside the array of `top`.
    void beginElement(std::string_view top);

    /// The key `top` comes again: what it said before does not count. Messages of the profiler stay.
    void forget(std::string_view top);

    /// Fills what the file told; the log hears of messages about lost records.
    void apply(CaptureInfo& capture, ImportLog& log) const;
    /// Device numbers of ROCm are agent numbers and no index into deviceProperties (formats.md §2.8).
    bool isRocm() const { return m_isRocm; }
    /// By the ids of deviceProperties; empty when unknown.
    std::string deviceName(std::int64_t device) const;

private:
    struct DeviceProperty {
        std::int64_t id = 0;
        std::string name;
    };

    std::string m_schemaVersion;
    bool m_withStack = false;
    bool m_isRocm = false;
    std::optional<std::int64_t> m_baseTime;
    std::optional<std::int64_t> m_rank;
    std::optional<std::int64_t> m_worldSize;
    std::vector<DeviceProperty> m_devices;
    std::vector<std::pair<std::string, std::string>> m_facts;
    std::vector<std::string> m_messages;
};

} // namespace stepscope
