#include "core/report/leftouttext.h"

#include <QSet>
#include <QTest>

using namespace stepscope;

class TestLeftOutText : public QObject {
    Q_OBJECT

private slots:
    void everyReasonHasAWordAndASentence()
    {
        QSet<QString> words;
        QSet<QString> sentences;
        constexpr int last = static_cast<int>(LeftOutReason::CutToLength);
        for (int reason = 0; reason <= last; ++reason) {
            LeftOut part;
            part.reason = static_cast<LeftOutReason>(reason);
            const QString word = QString::fromLatin1(leftOutWord(part.reason));
            QVERIFY(!word.isEmpty() && word.size() <= 12);
            words.insert(word);
            for (const std::size_t steps : {std::size_t{1}, std::size_t{12}}) {
                part.steps = steps;
                const QString sentence = QString::fromStdString(leftOutSentence(part).english());
                QVERIFY2(!sentence.contains(QLatin1Char('%')), qPrintable(sentence));
                QVERIFY2(sentence.endsWith(QLatin1Char('.')), qPrintable(sentence));
                const bool hasSteps =
                    part.reason != LeftOutReason::NoSteps && part.reason != LeftOutReason::OutsideWork;
                QVERIFY2(!hasSteps || steps == 1 || sentence.contains(QLatin1String("12")),
                         qPrintable(sentence));
                sentences.insert(sentence);
            }
        }
        QCOMPARE(words.size(), last + 1);
        QVERIFY(sentences.size() == 2 * (last + 1) - 2);
    }
};

QTEST_APPLESS_MAIN(TestLeftOutText)
#include "tst_leftouttext.moc"
