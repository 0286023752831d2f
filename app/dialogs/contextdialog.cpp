#include "app/dialogs/contextdialog.h"

#include "app/dialogs/contextview.h"
#include "core/gates/statedcontext.h"
#include "widgets/panels/notebar.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/contextlist.h"
#include "widgets/viewmodel/contextmodel.h"
#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/servercommandtext.h"
#include "widgets/viewmodel/tracedocument.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QMimeData>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

namespace stepscope {

ContextDialog::ContextDialog(TraceDocument& document, QWidget* parent)
    : QDialog(parent), m_document(document), m_index(document.index()), m_opened(document.input()),
      m_model(new ContextModel(document, this)), m_view(new ContextView(m_model, this)),
      m_progress(new ThemedLabel(Colour::Text, this)), m_contradictions(new ThemedLabel(Colour::Warn, this)),
      m_command(new ThemedLabel(Colour::DimText, this)), m_outcome(new NoteBar(this))
{
    setWindowTitle(tr("Measurement context"));
    setAcceptDrops(true);
    m_progress->setScale(1.0, true);
    for (ThemedLabel* const label : {m_contradictions, m_command}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    auto* const keys = new ThemedLabel(
        tr("Type a value in its row. Space confirms what is likely, Delete takes back what was typed."),
        Colour::DimText, this);
    keys->setWordWrap(true);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 14);
    layout->setSpacing(10);
    layout->addWidget(makeHead());
    layout->addWidget(m_contradictions);
    layout->addWidget(m_outcome);
    layout->addWidget(m_view, 1);
    layout->addWidget(keys);
    layout->addWidget(makeButtons());
    connect(&document, &TraceDocument::assessmentChanged, this, &ContextDialog::refresh);
    connect(&document, &TraceDocument::indexChanged, this, &ContextDialog::closeForAnotherTrace);
    connect(m_view, &ContextView::currentRowChanged, this, &ContextDialog::refreshRowButtons);
    refresh();
    m_view->goToFirstMissing();
    m_view->setFocus();
}

QPushButton* ContextDialog::makeButton(const QString& text, const QString& tip)
{
    auto* const button = new QPushButton(text, this);
    button->setAutoDefault(false);
    button->setToolTip(displaytext::toolTip(tip));
    button->setWhatsThis(tip);
    return button;
}

/// How far the context is, and the quickest way on.
QWidget* ContextDialog::makeHead()
{
    auto* const head = new QWidget(this);
    auto* const paste = makeButton(
        tr("&Paste the server's command"),
        tr("Reads the line that starts the server, like vllm serve MODEL, from the clipboard. Nothing "
           "of it is run. A text file with it can be dropped here, too."));
    m_forget = makeButton(tr("F&orget it"), tr("Goes on without what the server's command says"));
    auto* const grid = new QGridLayout(head);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(6);
    grid->addWidget(m_progress, 0, 0);
    grid->addWidget(paste, 0, 1);
    grid->addWidget(m_command, 1, 0, Qt::AlignTop);
    grid->addWidget(m_forget, 1, 1, Qt::AlignRight | Qt::AlignTop);
    grid->setColumnStretch(0, 1);
    connect(paste, &QPushButton::clicked, this, &ContextDialog::pasteRequested);
    connect(m_forget, &QPushButton::clicked, this, [this] {
        AssessmentInput input = m_document.input();
        input.command.reset();
        m_document.setInput(input);
    });
    return head;
}

QWidget* ContextDialog::makeButtons()
{
    auto* const row = new QWidget(this);
    m_confirm =
        makeButton(tr("Con&firm"), tr("States the value of the current row, which is likely (Space)"));
    m_clear =
        makeButton(tr("&Clear"), tr("Takes back what was typed in the current row, so that what the other "
                                    "sources say, or the default, holds again (Delete)"));
    auto* const load =
        makeButton(tr("&Load…"), tr("Takes typed fields and thresholds from a file, in place of "
                                    "those that are there"));
    auto* const save = makeButton(tr("&Save…"), tr("Keeps typed fields and changed thresholds in a file"));
    m_revert = makeButton(tr("&Revert"), tr("Back to what it was when this dialog was opened"));
    auto* const close = makeButton(tr("Close"), tr("What was typed is in force already"));
    auto* const layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->addWidget(m_confirm);
    layout->addWidget(m_clear);
    layout->addSpacing(16);
    layout->addWidget(load);
    layout->addWidget(save);
    layout->addStretch();
    layout->addWidget(m_revert);
    layout->addWidget(close);
    connect(m_confirm, &QPushButton::clicked, m_view, &ContextView::confirmCurrent);
    connect(m_clear, &QPushButton::clicked, m_view, &ContextView::clearCurrent);
    connect(load, &QPushButton::clicked, this, &ContextDialog::loadRequested);
    connect(save, &QPushButton::clicked, this, &ContextDialog::saveRequested);
    connect(m_revert, &QPushButton::clicked, this, &ContextDialog::revert);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    return row;
}

void ContextDialog::refresh()
{
    if (!m_document.isOpen())
        return;
    const MeasurementContext& context = m_document.assessment()->context;
    m_progress->setText(contextProgress(context));
    m_progress->setColour(context.isComplete() ? Colour::Pass : Colour::Warn);
    const QStringList contradictions = contradictionLines(context);
    m_contradictions->setVisible(!contradictions.isEmpty());
    m_contradictions->setText(tr("The trace may be of another configuration:") + QLatin1Char('\n') +
                              contradictions.join(QLatin1Char('\n')));
    const std::optional<ServerCommand>& command = m_document.input().command;
    QStringList lines{command
                          ? tr("The server's command is there. %1").arg(commandFillsText(*command, context))
                          : tr("The command that started the server fills most of it.")};
    if (command)
        lines += commandIgnoredText(*command);
    lines.removeAll(QString());
    m_command->setText(lines.join(QLatin1Char('\n')));
    m_command->setToolTip(command ? displaytext::toolTip(QString::fromStdString(command->text)) : QString());
    m_forget->setVisible(command.has_value());
    m_revert->setEnabled(withContextOf(m_document.input(), m_opened) != m_document.input());
    refreshRowButtons();
}

void ContextDialog::refreshRowButtons()
{
    m_confirm->setEnabled(m_model->canConfirm(m_view->currentIndex()));
    m_clear->setEnabled(m_model->canClear(m_view->currentIndex()));
}

/// Drawn steps make another index of the same trace.
void ContextDialog::closeForAnotherTrace()
{
    if (m_document.isOpen() && &m_document.index()->trace() == &m_index->trace())
        m_index = m_document.index();
    else
        close();
}

void ContextDialog::revert()
{
    m_document.setInput(withContextOf(m_document.input(), m_opened));
    hideOutcome();
}

QString ContextDialog::progress() const
{
    return m_progress->text();
}

QString ContextDialog::contradictions() const
{
    return m_contradictions->isHidden() ? QString() : m_contradictions->text();
}

QString ContextDialog::commandText() const
{
    return m_command->text();
}

void ContextDialog::hideOutcome()
{
    m_outcome->hide();
}

void ContextDialog::showOutcome(const QString& title, const QString& text, Colour mark)
{
    m_outcome->showNote(title, text, mark);
}

void ContextDialog::dragEnterEvent(QDragEnterEvent* event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (!urls.isEmpty() && urls.first().isLocalFile())
        event->acceptProposedAction();
}

void ContextDialog::dropEvent(QDropEvent* event)
{
    emit fileDropped(event->mimeData()->urls().first().toLocalFile());
    event->acceptProposedAction();
}

} // namespace stepscope
