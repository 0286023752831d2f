#include "core/base/filehash.h"
#include "tests/unit/base/cancelledprogress.h"

#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace stepscope;

class TestFileHash : public QObject {
    Q_OBJECT

private slots:
    void isKnownWhereItWasGiven()
    {
        QCOMPARE(FileHash().known(), std::optional(std::string()));
        const FileHash given(std::string("ab"));
        QCOMPARE(given.known(), std::optional(std::string("ab")));
        QCOMPARE(given.text(), std::string("ab"));
    }

    /// Whoever asks first computes it, all others wait for that; copies are one hash.
    void isComputedOnce()
    {
        std::atomic<int> computed = 0;
        const FileHash hash = FileHash::later([&computed](Progress&) {
            ++computed;
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            return std::optional(std::string("ab"));
        });
        QVERIFY(!hash.known());
        QCOMPARE(computed.load(), 0);
        std::vector<std::string> texts(8);
        std::vector<std::thread> threads;
        for (std::string& text : texts)
            threads.emplace_back([copy = hash, &text] { text = copy.text(); });
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(computed.load(), 1);
        QCOMPARE(texts, std::vector<std::string>(8, "ab"));
        QCOMPARE(hash.known(), std::optional(std::string("ab")));
    }

    void isAskedForAgainWhereItWasCancelled()
    {
        const FileHash hash = FileHash::later([](Progress& progress) {
            return progress.isCancelled() ? std::nullopt : std::optional(std::string("ab"));
        });
        test::CancelledProgress cancelled;
        QVERIFY(!hash.find(cancelled));
        QVERIFY(!hash.known());
        QCOMPARE(hash.text(), std::string("ab"));
        QCOMPARE(hash.find(cancelled), std::optional(std::string("ab"))); // nothing left to cancel
    }

    /// What it is computed from goes with that.
    void letsGoOfTheFile()
    {
        auto file = std::make_shared<int>(1);
        const FileHash hash = FileHash::later([file](Progress&) { return std::optional(std::string()); });
        QCOMPARE(file.use_count(), 2L);
        QCOMPARE(hash.text(), std::string());
        QCOMPARE(file.use_count(), 1L);
    }
};

QTEST_APPLESS_MAIN(TestFileHash)
#include "tst_filehash.moc"
