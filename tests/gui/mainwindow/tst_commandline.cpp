#include "app/commandline.h"

#include <QTest>

using namespace stepscope;

namespace {

QList<QStringList> documentsOf(const QStringList& files)
{
    return CommandLine::parse(QStringList(QStringLiteral("stepscope")) + files).documents();
}

} // namespace

class TestCommandLine : public QObject {
    Q_OBJECT

private slots:
    void ranksShareAWindow();
    void othersGetOneEach();
    void theCacheIsUsedUnlessTold();
};

void TestCommandLine::theCacheIsUsedUnlessTold()
{
    const auto parse = [](const QStringList& words) {
        return CommandLine::parse(QStringList(QStringLiteral("stepscope")) + words);
    };
    QVERIFY(parse({QStringLiteral("a.json")}).usesCache);
    const CommandLine without = parse({QStringLiteral("--no-cache"), QStringLiteral("a.json")});
    QVERIFY(without.verb == CommandLine::Verb::Window && !without.usesCache);
}

void TestCommandLine::ranksShareAWindow()
{
    const QStringList ranks{QStringLiteral("run/a_rank0.json.gz"), QStringLiteral("run/a_rank1.json.gz")};
    QCOMPARE(documentsOf(ranks), QList<QStringList>{ranks});
}

void TestCommandLine::othersGetOneEach()
{
    const auto apart = [](const QStringList& files) {
        QList<QStringList> one;
        for (const QString& file : files)
            one += QStringList(file);
        return one;
    };
    for (const QStringList& files :
         {QStringList{}, QStringList{QStringLiteral("a_rank0.json")},
          QStringList{QStringLiteral("a.json"), QStringLiteral("b.json")},
          QStringList{QStringLiteral("a_rank0.json"), QStringLiteral("b_rank1.json")},
          QStringList{QStringLiteral("a_rank0.json"), QStringLiteral("a_rank1.json"),
                      QStringLiteral("c.json")},
          QStringList{QStringLiteral("a_rank0.json"), QStringLiteral("a_rank0.json")},
          QStringList{QStringLiteral("x/a_rank0.json"), QStringLiteral("y/a_rank1.json")}})
        QCOMPARE(documentsOf(files), apart(files));
}

QTEST_GUILESS_MAIN(TestCommandLine)

#include "tst_commandline.moc"
