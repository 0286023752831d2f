#include "core/base/sha256.h"

#include <QCryptographicHash>
#include <QTest>

#include <algorithm>

using namespace stepscope;

class TestSha256 : public QObject {
    Q_OBJECT

private slots:
    void knownDigests();
    void inPieces();
};

void TestSha256::knownDigests()
{
    Sha256 empty;
    QCOMPARE(empty.hexDigest(),
             std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    Sha256 abc;
    abc.update("abc", 3);
    QCOMPARE(abc.hexDigest(),
             std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
}

void TestSha256::inPieces()
{
    const QByteArray bytes(100'000, 'x');
    const std::string expected =
        QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().toStdString();
    for (const int piece : {1, 63, 64, 65, 1000, 100'000}) {
        Sha256 hash;
        for (int at = 0; at < bytes.size(); at += piece)
            hash.update(bytes.constData() + at,
                        static_cast<std::size_t>(std::min<int>(piece, static_cast<int>(bytes.size()) - at)));
        QCOMPARE(hash.hexDigest(), expected);
    }
}

QTEST_GUILESS_MAIN(TestSha256)
#include "tst_sha256.moc"
