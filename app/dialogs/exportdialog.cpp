#include "app/dialogs/exportdialog.h"

#include "app/settings.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/tracedocument.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFormLayout>
#include <QFutureWatcher>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <QtConcurrentRun>

namespace stepscope {

ExportDialog::ExportDialog(TraceDocument* document, Settings& settings, QWidget* parent)
    : QDialog(parent), m_document(document), m_settings(settings), m_writer(document),
      m_form(new QWidget(this)), m_folder(new QLineEdit(this)), m_stem(new QLineEdit(this)),
      m_picture(new QCheckBox(tr("Report page, PNG &1×"), this)),
      m_finePicture(new QCheckBox(tr("Report page, PNG &2×"), this)),
      m_tables(new QCheckBox(tr("&Tables, CSV"), this)), m_text(new QCheckBox(tr("Te&xt to paste"), this)),
      m_list(new QPlainTextEdit(this)), m_warning(new ThemedLabel(Colour::Warn, this))
{
    setWindowTitle(tr("Export"));
    m_list->setReadOnly(true);
    m_list->setTabChangesFocus(true);
    m_list->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_list->setFixedHeight(fontMetrics().lineSpacing() * 10);
    m_list->setAccessibleName(tr("Files that will be written"));
    m_warning->setWordWrap(true);
    m_warning->setMinimumHeight(fontMetrics().lineSpacing() * 2);
    m_warning->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    auto* const choose = new QPushButton(tr("&Choose…"), this);
    choose->setAutoDefault(false);
    auto* const folderRow = new QHBoxLayout;
    folderRow->addWidget(m_folder, 1);
    folderRow->addWidget(choose);
    auto* const kinds = new QGridLayout;
    kinds->addWidget(m_picture, 0, 0);
    kinds->addWidget(m_finePicture, 0, 1);
    kinds->addWidget(m_tables, 1, 0);
    kinds->addWidget(m_text, 1, 1);
    auto* const form = new QFormLayout(m_form);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->setVerticalSpacing(10);
    auto* const folderName = new QLabel(tr("&Folder"), m_form);
    folderName->setBuddy(m_folder);
    form->addRow(folderName, folderRow);
    form->addRow(tr("&Name"), m_stem);
    form->addRow(tr("Files"), kinds);
    form->addRow(QString(), m_list);
    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_export = buttons->addButton(tr("&Export"), QDialogButtonBox::AcceptRole);
    m_export->setDefault(true);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 14);
    layout->setSpacing(12);
    layout->addWidget(m_form);
    layout->addWidget(m_warning);
    layout->addWidget(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * 84);

    ReportRequest request = m_settings.lastExport();
    request.stem = ReportWriter::stemOf(QFile::decodeName(document->index()->trace().capture().path.c_str()));
    setRequest(request);
    connect(choose, &QPushButton::clicked, this, &ExportDialog::chooseFolder);
    connect(buttons, &QDialogButtonBox::accepted, this, &ExportDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    for (QLineEdit* const field : {m_folder, m_stem})
        connect(field, &QLineEdit::textChanged, this, &ExportDialog::showFiles);
    for (QCheckBox* const box : {m_picture, m_finePicture, m_tables, m_text})
        connect(box, &QCheckBox::toggled, this, &ExportDialog::showFiles);
    showFiles();
}

ReportRequest ExportDialog::request() const
{
    ReportRequest request;
    request.folder = QDir::fromNativeSeparators(m_folder->text().trimmed());
    request.stem = m_stem->text().trimmed();
    request.picture = m_picture->isChecked();
    request.finePicture = m_finePicture->isChecked();
    request.tables = m_tables->isChecked();
    request.text = m_text->isChecked();
    return request;
}

void ExportDialog::setRequest(const ReportRequest& request)
{
    m_folder->setText(QDir::toNativeSeparators(request.folder));
    m_stem->setText(request.stem);
    m_picture->setChecked(request.picture);
    m_finePicture->setChecked(request.finePicture);
    m_tables->setChecked(request.tables);
    m_text->setChecked(request.text);
}

QStringList ExportDialog::listedFiles() const
{
    return ReportWriter::fileNames(request());
}

QString ExportDialog::warning() const
{
    return m_warning->text();
}

bool ExportDialog::canExport() const
{
    return m_export->isEnabled();
}

QStringList ExportDialog::present() const
{
    QStringList files;
    for (const QString& name : listedFiles()) {
        if (QFile::exists(QDir(request().folder).filePath(name)))
            files += name;
    }
    return files;
}

QString ExportDialog::problem() const
{
    const ReportRequest wanted = request();
    if (wanted.folder.isEmpty())
        return tr("Choose a folder.");
    if (QDir::isRelativePath(wanted.folder))
        return tr("Give the whole path of the folder.");
    if (wanted.stem.isEmpty() || wanted.stem.contains(QLatin1Char('/')) || wanted.stem.contains(QChar(0)))
        return tr("The name is the beginning of the files' names: not empty, and without a slash.");
    if (listedFiles().isEmpty())
        return tr("Tick what to write.");
    return {};
}

void ExportDialog::showFiles()
{
    const QString stopped = problem();
    m_export->setEnabled(stopped.isEmpty());
    if (!stopped.isEmpty()) {
        m_list->clear();
        m_warning->setColour(Colour::DimText);
        m_warning->setText(stopped);
        return;
    }
    const QStringList replaced = present();
    QStringList lines;
    for (const QString& name : listedFiles())
        lines += replaced.contains(name) ? tr("%1   (is there, will be replaced)").arg(name) : name;
    m_list->setPlainText(lines.join(QLatin1Char('\n')));
    m_warning->setColour(Colour::Warn);
    m_warning->setText(replaced.isEmpty()
                           ? QString()
                           : displaytext::counted(static_cast<std::uint64_t>(replaced.size()),
                                                  tr("1 file is there already and will be replaced."),
                                                  tr("%1 files are there already and will be replaced.")));
}

void ExportDialog::chooseFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Export to"), request().folder);
    if (!folder.isEmpty())
        m_folder->setText(QDir::toNativeSeparators(folder));
}

void ExportDialog::accept()
{
    if (!canExport() || m_isWriting)
        return;
    setWriting(true);
    auto* const watcher = new QFutureWatcher<std::shared_ptr<Result<Done>>>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher] {
        watcher->deleteLater();
        finish(*watcher->result());
    });
    watcher->setFuture(QtConcurrent::run(
        [request = request(), assessment = m_document->assessment(), index = m_document->index()] {
            return std::make_shared<Result<Done>>(ReportWriter::writeTables(request, *assessment, *index));
        }));
}

void ExportDialog::finish(const Result<Done>& tables)
{
    const Result<Done> written = tables ? m_writer.writePictures(request()) : tables;
    setWriting(false);
    if (!written) {
        showFiles();
        m_warning->setColour(Colour::Fail);
        m_warning->setText(displaytext::error(written.error(), request().folder));
        return;
    }
    m_settings.setLastExport(request());
    QDialog::accept();
}

void ExportDialog::reject()
{
    if (!m_isWriting)
        QDialog::reject();
}

void ExportDialog::setWriting(bool isWriting)
{
    m_isWriting = isWriting;
    m_form->setEnabled(!isWriting);
    m_export->setEnabled(!isWriting);
    if (isWriting) {
        m_warning->setColour(Colour::DimText);
        m_warning->setText(tr("Writing…"));
    }
}

} // namespace stepscope
