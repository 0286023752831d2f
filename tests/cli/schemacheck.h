#pragma once

#include <QByteArray>
#include <QStringList>

#include <string>
#include <vector>

namespace stepscope::testing {

/// Holds documents to the schema of the JSON output, with Debian's python3-jsonschema.
class SchemaCheck {
public:
    /// Looks for a Python that has jsonschema.
    SchemaCheck();

    /// Whether there is one; else the tests that need it skip.
    bool isAvailable() const { return !m_python.isEmpty(); }

    /// A document: `kind` is budget, steps, gaps, info or any of them; `text` as it was printed.
    void add(const char* kind, const std::string& text);
    /// For each document added, in order: "valid", or "refused: PLACE: WHY". Empty and a warning when the
    /// schema itself is wrong. Forgets them.
    QStringList results();

    static QString schemaPath();

private:
    QString m_python;
    QByteArray m_lines;
};

} // namespace stepscope::testing
