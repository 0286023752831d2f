#pragma once

#include <QString>
#include <QTemporaryDir>

#include <memory>
#include <optional>

namespace stepscope {

/// The bundled sample trace. It is compiled in, so that it is there wherever the program is; core reads
/// files, so it is written to a temporary folder that lives as long as this object.
class SampleFile {
public:
    static bool isAvailable();
    /// The path of the sample under its own name; nothing when it is not compiled in or cannot be written.
    std::optional<QString> path();
    /// Whether `path` is the temporary copy.
    bool contains(const QString& path) const;

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

} // namespace stepscope
