#include "widgets/viewmodel/gotomodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace stepscope;

class TestGoToModel : public QObject {
    Q_OBJECT

private slots:
    void ranksWhatFits_data();
    void ranksWhatFits();
    void listsNoMoreThanOneReads();
    void goes();

private:
    static std::vector<GoToPlace> places()
    {
        std::vector<GoToPlace> all;
        for (const auto& [text, note, whole] :
             {std::tuple{"GPU 0", "lane · H100", ""}, std::tuple{"GPU 0, stream 7", "lane · compute", ""},
              std::tuple{"Show all", "Home", "Show the whole trace"},
              std::tuple{"nvjet_tst_gemm", "kernel · 12 ×", "void nvjet_tst_gemm<float>"},
              std::tuple{"gemm_small", "kernel · 3 ×", ""}, std::tuple{"splitkgemm", "kernel", ""}})
            all.push_back({QString::fromUtf8(text), QString::fromUtf8(note), QString::fromUtf8(whole), {}});
        return all;
    }
};

void TestGoToModel::ranksWhatFits_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QStringList>("texts");
    QTest::newRow("all") << QString() << QStringList{"GPU 0",          "GPU 0, stream 7", "Show all",
                                                     "nvjet_tst_gemm", "gemm_small",      "splitkgemm"};
    QTest::newRow("begins, a word of it, anywhere")
        << "GEMM" << QStringList{"gemm_small", "nvjet_tst_gemm", "splitkgemm"};
    QTest::newRow("all words") << " 7  gpu " << QStringList{"GPU 0, stream 7"};
    QTest::newRow("by note") << "h100" << QStringList{"GPU 0"};
    QTest::newRow("by the whole") << "float" << QStringList{"nvjet_tst_gemm"};
    QTest::newRow("nothing") << "zzz" << QStringList();
}

void TestGoToModel::ranksWhatFits()
{
    QFETCH(QString, filter);
    QFETCH(QStringList, texts);
    GoToModel model;
    const QAbstractItemModelTester tester(&model);
    model.setPlaces(places());
    model.setFilter(filter);
    QStringList listed;
    for (int row = 0; row < model.rowCount(); ++row)
        listed << model.index(row, GoToModel::Text).data().toString();
    QCOMPARE(listed, texts);
    QCOMPARE(model.matches(), std::size_t(texts.size()));
}

void TestGoToModel::listsNoMoreThanOneReads()
{
    std::vector<GoToPlace> many(3'000);
    for (GoToPlace& place : many)
        place.text = QStringLiteral("kernel");
    many.back().text = QStringLiteral("<b>last</b> kernel");
    GoToModel model;
    model.setPlaces(many);
    QCOMPARE(model.rowCount(), int(GoToModel::mostRows));
    QCOMPARE(model.matches(), many.size());
    model.setFilter(QStringLiteral("last"));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, 0).data(Qt::ToolTipRole).toString(),
             QStringLiteral("&lt;b&gt;last&lt;/b&gt; kernel"));
}

void TestGoToModel::goes()
{
    int gone = 0;
    std::vector<GoToPlace> all = places();
    all[2].go = [&gone] { ++gone; };
    GoToModel model;
    model.setPlaces(all);
    model.setFilter(QStringLiteral("home"));
    model.place(0).go();
    QCOMPARE(gone, 1);
}

QTEST_APPLESS_MAIN(TestGoToModel)
#include "tst_gotomodel.moc"
