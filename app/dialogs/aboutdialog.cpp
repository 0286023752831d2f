#include "app/dialogs/aboutdialog.h"

#include "widgets/theme/themedlabel.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QIcon>
#include <QVBoxLayout>

namespace stepscope {

AboutDialog::AboutDialog(QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("About StepScope"));
    auto* const icon = new QLabel(this);
    icon->setPixmap(QIcon(QStringLiteral(":/icons/stepscope.svg")).pixmap(64, 64));
    auto* const name =
        new ThemedLabel(tr("StepScope %1").arg(QCoreApplication::applicationVersion()), Colour::Text, this);
    name->setScale(1.6, true);
    auto* const purpose = new ThemedLabel(
        tr("Where each decoded token’s time goes, read from a profiler trace."), Colour::DimText, this);
    purpose->setWordWrap(true);
    auto* const licence = new ThemedLabel(
        tr("StepScope is free software under the GNU General Public License, version 3 or later. "
           "It comes without any warranty. It is made with these libraries:"),
        Colour::Text, this);
    licence->setWordWrap(true);

    auto* const head = new QGridLayout;
    head->setHorizontalSpacing(16);
    head->addWidget(icon, 0, 0, 2, 1, Qt::AlignTop);
    head->addWidget(name, 0, 1);
    head->addWidget(purpose, 1, 1);
    head->setColumnStretch(1, 1);
    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 16);
    layout->setSpacing(14);
    layout->addLayout(head);
    layout->addWidget(licence);
    layout->addWidget(libraries());
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    setFixedWidth(fontMetrics().averageCharWidth() * 84);
}

QWidget* AboutDialog::libraries()
{
    struct Library {
        QString name;
        QString licence;
    };
    const Library all[] = {
        {tr("Qt %1").arg(QLatin1String(qVersion())), tr("LGPL 3")},
        {QStringLiteral("QCustomPlot"), tr("GPL 3")},
        {QStringLiteral("SQLite"), tr("public domain")},
        {QStringLiteral("nlohmann JSON"), tr("MIT")},
        {QStringLiteral("zlib"), tr("zlib licence")},
        {QStringLiteral("ISA-L"), tr("BSD, 3 clauses")},
        {QStringLiteral("PCRE2"), tr("BSD, 3 clauses")},
        {QStringLiteral("OpenSSL"), tr("Apache 2.0")},
    };
    auto* const table = new QWidget(this);
    auto* const grid = new QGridLayout(table);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(3);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const Library& library : all) {
        grid->addWidget(new ThemedLabel(library.name, Colour::Text, table), row, 0);
        grid->addWidget(new ThemedLabel(library.licence, Colour::DimText, table), row, 1);
        ++row;
    }
    return table;
}

} // namespace stepscope
