#include "core/gates/ceilingtable.h"

#include "core/gates/ceilingsdata.h"

#include <QSet>
#include <QTest>

using namespace stepscope;

class TestCeilingTable : public QObject {
    Q_OBJECT

private slots:
    void everyRowIsWholeAndEveryKeyIsItsOwn()
    {
        const Result<CeilingTable> read = CeilingTable::fromJson(ceilingsJson);
        QVERIFY2(read, read ? "" : read.error().detail.c_str());
        QVERIFY(read->rows().size() >= 40);
        QSet<QString> keys;
        for (const Ceiling& ceiling : read->rows()) {
            const QString key = QString::fromStdString(ceiling.key);
            QVERIFY2(!keys.contains(key), qPrintable(key));
            keys += key;
            QVERIFY2(!ceiling.hardware.empty() && !ceiling.quantity.empty() && ceiling.value > 0.0 &&
                         ceiling.source.size() > 20,
                     qPrintable(key));
            QVERIFY2(ceiling.unit == "GB/s" || ceiling.unit == "TFLOP/s", qPrintable(key));
            QCOMPARE(read->find(ceiling.key), &ceiling);
        }
        QCOMPARE(read->find("no such ceiling"), nullptr);
    }

    void ratesDoubleAsTheFormatHalves()
    {
        const CeilingTable table = CeilingTable::standard();
        for (const Ceiling& wide : table.rows()) {
            if (!wide.key.ends_with(".bf16"))
                continue;
            const std::string chip = wide.key.substr(0, wide.key.size() - 4);
            const Ceiling* const eight = table.find(chip + "fp8");
            const Ceiling* const four = table.find(chip + "fp4");
            QVERIFY(!eight || qAbs(eight->value - 2.0 * wide.value) < 0.2);
            QVERIFY(!four || qAbs(four->value - 4.0 * wide.value) < 0.2);
        }
    }

    void isFoundByTheNameInTheTrace_data()
    {
        QTest::addColumn<QString>("hardware");
        QTest::addColumn<QString>("chip");
        const auto row = [](const char* hardware, const char* chip) {
            QTest::addRow("%s", hardware) << QString::fromUtf8(hardware) << QString::fromUtf8(chip);
        };
        row("NVIDIA A100-SXM4-80GB", "a100-sxm-80gb");
        row("NVIDIA A100 80GB PCIe", "a100-pcie-80gb");
        row("NVIDIA A100-SXM4-40GB", "");
        row("NVIDIA H100 80GB HBM3", "h100-sxm");
        row("NVIDIA H100 PCIe", "h100-pcie");
        row("NVIDIA H100 NVL", "");
        row("NVIDIA H200", "h200-sxm");
        row("NVIDIA H200 NVL", "");
        row("NVIDIA GH200 480GB", "");
        row("NVIDIA B200", "b200");
        row("NVIDIA GB200", "gb200");
        row("NVIDIA B300 SXM6 AC", "b300");
        row("AMD Instinct MI300X", "mi300x");
        row("AMD Instinct MI325X", "mi325x");
        row("AMD Instinct MI355X", "mi355x");
        row("", "");
    }
    void isFoundByTheNameInTheTrace()
    {
        QFETCH(QString, hardware);
        QFETCH(QString, chip);
        const CeilingTable table = CeilingTable::standard();
        const std::vector<const Ceiling*> fitting = table.of(hardware.toStdString());
        QCOMPARE(fitting.empty(), chip.isEmpty());
        for (const Ceiling* const ceiling : fitting)
            QVERIFY2(QString::fromStdString(ceiling->key).startsWith(chip + QLatin1Char('.')),
                     ceiling->key.c_str());
    }

    void refusesWhatIsNotWhole_data()
    {
        QTest::addColumn<QByteArray>("json");
        const QByteArray row =
            R"({"key": "k", "hardware": "h", "quantity": "q", "value": 1, "unit": "u", "source": "s"})";
        const auto with = [](const QByteArray& rows) { return R"({"ceilings": [)" + rows + "]}"; };
        QTest::newRow("no JSON") << QByteArray("[");
        QTest::newRow("no list") << QByteArray("{}");
        QTest::newRow("row is no object") << with("1");
        QTest::newRow("twice") << with(row + "," + row);
        for (const char* const part : {"key", "hardware", "quantity", "value", "unit", "source"})
            QTest::newRow(part) << with(QByteArray(row).replace('"' + QByteArray(part) + '"', "\"other\""));
        QTest::newRow("value is a text") << with(QByteArray(row).replace(": 1", ": \"1\""));
        QTest::newRow("bad pattern") << with(QByteArray(row).replace("\"h\"", "\"(\""));
    }
    void refusesWhatIsNotWhole()
    {
        QFETCH(QByteArray, json);
        QVERIFY(!CeilingTable::fromJson(json.toStdString()));
    }
};

QTEST_GUILESS_MAIN(TestCeilingTable)
#include "tst_ceilingtable.moc"
