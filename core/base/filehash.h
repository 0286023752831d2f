#pragma once

#include "core/base/progress.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace stepscope {

/// The SHA-256 of what was read from a file, in lower-case hex: known, or to be computed when it is first
/// asked for, so that nobody waits for it who does not need it. A handle: copies are one hash. Any thread.
class FileHash {
public:
    /// The hash; empty when the file does not hold any more what was read, nullopt when cancelled.
    using Compute = std::function<std::optional<std::string>(Progress& progress)>;

    /// Of nothing: an empty text.
    FileHash() : FileHash(std::string()) {}
    FileHash(std::string known);
    /// `compute` is called by one thread at a time until it gives a text, then let go.
    static FileHash later(Compute compute);

    /// The text where asking for it costs nothing.
    std::optional<std::string> known() const;
    /// Computes it, or waits for who does, which takes as long as reading the file. nullopt when cancelled.
    std::optional<std::string> find(Progress& progress) const;
    /// find() to its end.
    std::string text() const;

private:
    struct Shared;
    explicit FileHash(std::shared_ptr<Shared> shared) : m_shared(std::move(shared)) {}

    std::shared_ptr<Shared> m_shared;
};

/// Kept as its text. See core/columnfile/archive.h.
template <class Archive> void transfer(Archive& archive, FileHash& hash)
{
    if constexpr (Archive::isReading) {
        std::string text;
        archive(text);
        hash = FileHash(std::move(text));
    } else {
        archive(hash.text());
    }
}

} // namespace stepscope
