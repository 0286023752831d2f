#pragma once

#include "core/analysis/traceindex.h"
#include "core/gates/assessmentinput.h"
#include "widgets/theme/tracepalette.h"

#include <QDialog>

#include <memory>

class QPushButton;

namespace stepscope {

class ContextModel;
class ContextView;
class NoteBar;
class ThemedLabel;
class TraceDocument;

/// The measurement context to read and to edit, beside the window: each change is applied at once, so that
/// banner, gates and exports follow. Revert goes back to what it was when the dialog was opened. Closes with
/// the trace.
class ContextDialog : public QDialog {
    Q_OBJECT

public:
    /// The document must be open, and outlive the dialog.
    ContextDialog(TraceDocument& document, QWidget* parent = nullptr);

    ContextModel& model() const { return *m_model; }
    ContextView& view() const { return *m_view; }
    /// How many required fields are missing.
    QString progress() const;
    /// Where sources say different things; empty when they agree.
    QString contradictions() const;
    /// Whether a server's command is there, and which options it has that were not understood.
    QString commandText() const;
    const NoteBar& outcome() const { return *m_outcome; }
    /// What came of a file or a command. It stays until it is closed.
    void showOutcome(const QString& title, const QString& text, Colour mark);
    void hideOutcome();

public slots:
    void revert();

signals:
    void pasteRequested();
    void loadRequested();
    void saveRequested();
    void fileDropped(const QString& path);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    QWidget* makeHead();
    QWidget* makeButtons();
    QPushButton* makeButton(const QString& text, const QString& tip);
    void refresh();
    void refreshRowButtons();
    void closeForAnotherTrace();

    TraceDocument& m_document;
    std::shared_ptr<const TraceIndex> m_index; ///< the trace it was opened for
    AssessmentInput m_opened;
    ContextModel* m_model;
    ContextView* m_view;
    ThemedLabel* m_progress;
    ThemedLabel* m_contradictions;
    ThemedLabel* m_command;
    NoteBar* m_outcome;
    QPushButton* m_forget = nullptr;
    QPushButton* m_confirm = nullptr;
    QPushButton* m_clear = nullptr;
    QPushButton* m_revert = nullptr;
};

} // namespace stepscope
