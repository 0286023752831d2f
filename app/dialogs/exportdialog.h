#pragma once

#include "app/reportwriter.h"

#include <QDialog>

class QCheckBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace stepscope {

class Settings;
class ThemedLabel;

/// Asks which files of the report are wanted and where, names them, says which of them would be replaced, and
/// writes them. Stays open when that fails, with the reason. What is written is the window as it is when the
/// dialog is accepted.
class ExportDialog : public QDialog {
    Q_OBJECT

public:
    /// The document must be open; both must outlive the dialog.
    ExportDialog(TraceDocument* document, Settings& settings, QWidget* parent = nullptr);

    ReportRequest request() const;
    void setRequest(const ReportRequest& request);
    /// The names that are listed, without folder.
    QStringList listedFiles() const;
    /// What stands in the way, or is to be known first.
    QString warning() const;
    bool canExport() const;

public slots:
    /// Writes the files, the long ones in the background, and closes when that worked.
    void accept() override;
    /// Not while files are being written.
    void reject() override;

private:
    void finish(const Result<Done>& tables);
    void setWriting(bool isWriting);
    void chooseFolder();
    void showFiles();
    QStringList present() const;
    QString problem() const;

    TraceDocument* m_document;
    Settings& m_settings;
    ReportWriter m_writer;
    QWidget* m_form;
    QLineEdit* m_folder;
    QLineEdit* m_stem;
    QCheckBox* m_picture;
    QCheckBox* m_finePicture;
    QCheckBox* m_tables;
    QCheckBox* m_text;
    QPlainTextEdit* m_list;
    ThemedLabel* m_warning;
    QPushButton* m_export;
    bool m_isWriting = false;
};

} // namespace stepscope
