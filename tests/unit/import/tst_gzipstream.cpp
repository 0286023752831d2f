#include "core/base/sha256.h"
#include "core/import/gzipstream.h"
#include "tests/golden/testfiles.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <random>
#include <set>
#include <vector>

using namespace stepscope;

namespace {

class CancelAt final : public Progress {
public:
    explicit CancelAt(std::uint64_t bytes) : m_bytes(bytes) {}
    void report(std::uint64_t done, std::uint64_t total) override
    {
        m_isCancelled = m_isCancelled || done >= m_bytes;
        m_isSane = m_isSane && done <= total;
    }
    bool isCancelled() const override { return m_isCancelled; }
    bool isSane() const { return m_isSane; }

private:
    std::uint64_t m_bytes;
    bool m_isCancelled = false;
    bool m_isSane = true;
};

struct Decoded {
    std::string text;
    GzipStream::Fault fault = GzipStream::Fault::None;
    std::string detail;
    std::uint64_t trailing = 0;
    std::string sha256;
};

std::string patterned(std::size_t size)
{
    std::string text;
    for (std::size_t i = 0; text.size() < size; ++i)
        text += "line " + std::to_string(i * 7919 % 10007) + "\n";
    text.resize(size);
    return text;
}

std::string sha256Of(std::string_view bytes)
{
    Sha256 hash;
    hash.update(bytes.data(), bytes.size());
    return hash.hexDigest();
}

} // namespace

class TestGzipStream : public QObject {
    Q_OBJECT

private slots:
    void plain();
    void oneMember();
    void severalMembers();
    void paddingAndTrailingBytes();
    void everyCutKeepsWhatWasDecoded();
    void damagedBytes();
    void wrongCheckSum();
    void sumsAcrossTwoPiecesOfTheFile();
    void pieces_data();
    void pieces();
    void damageIsDecodedAgain();
    void cutIsDecodedAgain();
    void bomb();
    void cancel();

private:
    Decoded decode(const std::string& bytes, Progress& progress,
                   std::size_t packedPiece = GzipStream::usualPiece,
                   std::size_t textPiece = GzipStream::usualPiece);
    Decoded decode(const std::string& bytes)
    {
        NoProgress progress;
        return decode(bytes, progress);
    }

    QTemporaryDir m_folder;
};

Decoded TestGzipStream::decode(const std::string& bytes, Progress& progress, std::size_t packedPiece,
                               std::size_t textPiece)
{
    const std::string path = m_folder.filePath(QStringLiteral("file")).toStdString();
    test::writeFile(path, bytes);
    Result<FileReader> file = FileReader::open(path);
    if (!file)
        return {};
    GzipStream stream(*file, GzipStream::looksCompressed(bytes), progress, false, packedPiece);
    Decoded decoded;
    std::vector<char> piece(textPiece);
    for (std::size_t size = stream.read(piece); size > 0; size = stream.read(piece))
        decoded.text.append(piece.data(), size);
    if (stream.textBytes() != decoded.text.size())
        decoded.detail = "textBytes differs";
    stream.skipToEnd();
    decoded.fault = stream.fault();
    decoded.detail += stream.faultDetail();
    decoded.trailing = stream.trailingBytes();
    decoded.sha256 = file->sha256();
    return decoded;
}

void TestGzipStream::plain()
{
    const std::string text = patterned(700'001);
    const Decoded decoded = decode(text);
    QVERIFY(decoded.text == text);
    QCOMPARE(decoded.fault, GzipStream::Fault::None);
    QCOMPARE(decoded.detail, std::string());
}

void TestGzipStream::oneMember()
{
    for (const std::size_t size :
         {std::size_t{1}, std::size_t{262'144}, std::size_t{262'145}, std::size_t{3'000'000}}) {
        const std::string text = patterned(size);
        const Decoded decoded = decode(test::gzip(text));
        QVERIFY(decoded.text == text);
        QCOMPARE(decoded.fault, GzipStream::Fault::None);
        QCOMPARE(decoded.trailing, std::uint64_t{0});
    }
}

void TestGzipStream::severalMembers()
{
    const Decoded decoded =
        decode(test::gzip("one ") + test::gzip("") + test::gzip("two ") + test::gzip("three"));
    QCOMPARE(QString::fromStdString(decoded.text), QStringLiteral("one two three"));
    QCOMPARE(decoded.fault, GzipStream::Fault::None);
}

void TestGzipStream::paddingAndTrailingBytes()
{
    const std::string member = test::gzip("text");
    QCOMPARE(decode(member + std::string(512, '\0')).trailing, std::uint64_t{0});
    QCOMPARE(decode(member + std::string(512, '\0')).fault, GzipStream::Fault::None);
    const Decoded trailing = decode(member + "garbage");
    QCOMPARE(trailing.text, std::string("text"));
    QCOMPARE(trailing.fault, GzipStream::Fault::None);
    QCOMPARE(trailing.trailing, std::uint64_t{7});
    // The hash covers what was not decoded.
    QVERIFY(trailing.sha256 != decode(member).sha256);
    const Decoded almost = decode(member + "\x1f garbage");
    QCOMPARE(almost.text, std::string("text"));
    QCOMPARE(almost.fault, GzipStream::Fault::None);
    QVERIFY(almost.trailing > 0);
}

void TestGzipStream::everyCutKeepsWhatWasDecoded()
{
    const std::string text = patterned(3000);
    const std::string packed = test::gzip(text);
    std::size_t before = 0;
    for (std::size_t cut = 2; cut < packed.size(); ++cut) {
        const Decoded decoded = decode(packed.substr(0, cut));
        QVERIFY(text.starts_with(decoded.text));
        QVERIFY(decoded.text.size() >= before);
        before = decoded.text.size();
        QCOMPARE(decoded.fault, GzipStream::Fault::Truncated);
        QVERIFY(QString::fromStdString(decoded.detail).contains(QString::number(cut)));
    }
    QCOMPARE(before, text.size()); // only the check sums were cut in the end
    QCOMPARE(decode(packed + packed.substr(0, packed.size() / 2)).fault, GzipStream::Fault::Truncated);
}

void TestGzipStream::damagedBytes()
{
    const std::string text = patterned(100'000);
    const std::string packed = test::gzip(text);
    int damaged = 0;
    for (std::size_t at = 12; at < packed.size(); at += 97) {
        std::string spoiled = packed;
        spoiled[at] = static_cast<char>(spoiled[at] ^ 0x55);
        const Decoded decoded = decode(spoiled);
        damaged += decoded.fault != GzipStream::Fault::None ? 1 : 0;
    }
    QCOMPARE(damaged, static_cast<int>((packed.size() - 12 + 96) / 97)); // the check sum finds each
}

void TestGzipStream::wrongCheckSum()
{
    const std::string text = patterned(5000);
    std::string packed = test::gzip(text);
    packed[packed.size() - 6] = static_cast<char>(packed[packed.size() - 6] ^ 1);
    const Decoded decoded = decode(packed);
    QVERIFY(decoded.text == text);
    QCOMPARE(decoded.fault, GzipStream::Fault::Damaged);
}

/// The file is read in pieces of 256 KiB: the sums at the end of a member may stand in two of them.
void TestGzipStream::sumsAcrossTwoPiecesOfTheFile()
{
    constexpr std::size_t piece = 256 * 1024;
    constexpr std::size_t sums = 8;
    std::mt19937_64 random(3);
    std::string noise(piece, '\0'); // does not shrink
    std::generate(noise.begin(), noise.end(), [&random] { return static_cast<char>(random()); });
    std::set<std::size_t> inFirst;
    for (std::size_t size = piece - 200; inFirst.size() < sums - 1 && size < piece; ++size) {
        const std::string text = noise.substr(0, size);
        const std::string packed = test::gzip(text);
        if (packed.size() <= piece || packed.size() >= piece + sums)
            continue;
        inFirst.insert(piece + sums - packed.size());
        for (const std::string& behind : {std::string(), test::gzip("more")}) {
            const Decoded decoded = decode(packed + behind);
            QVERIFY(decoded.text == text + (behind.empty() ? "" : "more"));
            QCOMPARE(decoded.fault, GzipStream::Fault::None);
            for (std::size_t byte = 1; byte <= sums; ++byte) {
                std::string spoiled = packed;
                spoiled[packed.size() - byte] = static_cast<char>(spoiled[packed.size() - byte] ^ 1);
                const Decoded damaged = decode(spoiled + behind);
                QVERIFY(damaged.text == text);
                QCOMPARE(damaged.fault, GzipStream::Fault::Damaged);
            }
        }
    }
    QCOMPARE(inFirst.size(), sums - 1);
}

void TestGzipStream::pieces_data()
{
    QTest::addColumn<std::size_t>("packedPiece");
    QTest::addColumn<std::size_t>("textPiece");
    for (const std::size_t packed : {1U, 2U, 7U, 8U, 9U, 100U, 4096U}) {
        for (const std::size_t text : {1U, 40U, 258U, 3000U, 262'144U})
            QTest::addRow("%zu packed, %zu of text", packed, text) << packed << text;
    }
}

/// Wherever the decoder has to stop it goes on, and it finds the end of each member.
void TestGzipStream::pieces()
{
    QFETCH(const std::size_t, packedPiece);
    QFETCH(const std::size_t, textPiece);
    const std::string text = patterned(70'000) + std::string(5000, 'x');
    const std::string other = patterned(300);
    const std::string packed =
        test::gzip(text) + test::gzip(other) + std::string(20, '\0') + test::gzip(text);
    NoProgress progress;
    const Decoded whole = decode(packed, progress, packedPiece, textPiece);
    QVERIFY(whole.text == text + other + text);
    QCOMPARE(whole.fault, GzipStream::Fault::None);
    QCOMPARE(whole.sha256, sha256Of(packed));
    const Decoded cut = decode(packed.substr(0, packed.size() - 9), progress, packedPiece, textPiece);
    QCOMPARE(cut.fault, GzipStream::Fault::Truncated);
    QVERIFY(cut.text == test::gunzip(packed.substr(0, packed.size() - 9)).text);
}

/// The fast decoder has handed out pieces when it meets the damage, and zlib goes on from there.
void TestGzipStream::damageIsDecodedAgain()
{
    const std::string text = patterned(3'000'000);
    const std::string first = test::gzip("first");
    const std::string packed = test::gzip(text);
    int inPieces = 0;
    for (std::size_t at = 20; at < packed.size(); at += packed.size() / 61) {
        std::string spoiled = first + packed + test::gzip("behind");
        spoiled[first.size() + at] = static_cast<char>(~spoiled[first.size() + at]);
        const Decoded decoded = decode(spoiled);
        QCOMPARE(decoded.fault, GzipStream::Fault::Damaged);
        QVERIFY(decoded.detail.starts_with("byte "));
        QCOMPARE(decoded.sha256, sha256Of(spoiled)); // what is read twice is hashed once
        const std::string expected = test::gunzip(spoiled).text;
        QVERIFY(decoded.text == expected);
        inPieces += expected.size() > 2 * GzipStream::usualPiece ? 1 : 0;
    }
    QVERIFY(inPieces > 10);
}

void TestGzipStream::cutIsDecodedAgain()
{
    const std::string text = patterned(3'000'000);
    const std::string packed = test::gzip(text);
    for (std::size_t cut = packed.size() - 9; cut > 100; cut -= packed.size() / 17) {
        const std::string bytes = packed.substr(0, cut);
        const Decoded decoded = decode(bytes);
        QCOMPARE(decoded.fault, GzipStream::Fault::Truncated);
        QVERIFY(decoded.text == test::gunzip(bytes).text);
        QVERIFY(text.starts_with(decoded.text));
        QCOMPARE(decoded.sha256, sha256Of(bytes));
        if (cut < packed.size() / 17)
            break;
    }
}

void TestGzipStream::bomb()
{
    const std::string zeros(200 << 20, '0');
    const Decoded decoded = decode(test::gzip(zeros));
    QCOMPARE(decoded.fault, GzipStream::Fault::Suspicious);
    QVERIFY(decoded.text.size() < (65U << 20));
    // Small texts may be as regular as they like.
    QCOMPARE(decode(test::gzip(std::string(60 << 20, '0'))).fault, GzipStream::Fault::None);
}

void TestGzipStream::cancel()
{
    CancelAt progress(300'000);
    const Decoded decoded = decode(patterned(2'000'000), progress);
    QCOMPARE(decoded.fault, GzipStream::Fault::Cancelled);
    QVERIFY(decoded.text.size() < 1'000'000);
    QVERIFY(progress.isSane());
}

QTEST_GUILESS_MAIN(TestGzipStream)
#include "tst_gzipstream.moc"
