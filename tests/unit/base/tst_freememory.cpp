#include "core/base/freememory.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace stepscope;

class TestFreeMemory : public QObject {
    Q_OBJECT

private slots:
    void init() { m_root = std::make_unique<QTemporaryDir>(); }
    void thisMachine();
    void unknown();
    void machineWithoutLimits();
    void unifiedGroup();
    void groupAboveIsTighter();
    void firstVersionOfGroups();
    void groupThatIsFull();

private:
    void write(const QString& path, const QByteArray& text)
    {
        const QString file = m_root->filePath(path);
        QVERIFY(QDir().mkpath(QFileInfo(file).path()));
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(text);
    }
    void writeMeminfo() { write("proc/meminfo", "MemTotal: 2000000 kB\nMemAvailable:   1000000 kB\n"); }
    std::optional<std::uint64_t> free() const { return freeMemory(m_root->path().toStdString()); }

    std::unique_ptr<QTemporaryDir> m_root;
};

void TestFreeMemory::thisMachine()
{
    if (!QFile::exists("/proc/meminfo"))
        QSKIP("no /proc here");
    QVERIFY(freeMemory().value_or(0) > 0);
}

void TestFreeMemory::unknown()
{
    QVERIFY(!free());
}

void TestFreeMemory::machineWithoutLimits()
{
    writeMeminfo();
    QCOMPARE(free().value_or(0), std::uint64_t{1'024'000'000});
    write("proc/self/cgroup", "0::/user/me\n");
    write("sys/fs/cgroup/user/me/memory.max", "max\n");
    write("sys/fs/cgroup/user/me/memory.current", "5000\n");
    QCOMPARE(free().value_or(0), std::uint64_t{1'024'000'000});
}

void TestFreeMemory::unifiedGroup()
{
    writeMeminfo();
    write("proc/self/cgroup", "0::/\n");
    write("sys/fs/cgroup/memory.max", "500000000\n");
    write("sys/fs/cgroup/memory.current", "300000000\n");
    QCOMPARE(free().value_or(0), std::uint64_t{200'000'000});
    write("sys/fs/cgroup/memory.stat", "anon 1\ninactive_file 100000000\n"); // given back when it is needed
    QCOMPARE(free().value_or(0), std::uint64_t{300'000'000});
}

void TestFreeMemory::groupAboveIsTighter()
{
    writeMeminfo();
    write("proc/self/cgroup", "0::/slice/service\n");
    write("sys/fs/cgroup/slice/service/memory.max", "900000000\n");
    write("sys/fs/cgroup/slice/service/memory.current", "0\n");
    write("sys/fs/cgroup/slice/memory.max", "400000000\n");
    write("sys/fs/cgroup/slice/memory.current", "100000000\n");
    QCOMPARE(free().value_or(0), std::uint64_t{300'000'000});
}

void TestFreeMemory::firstVersionOfGroups()
{
    writeMeminfo();
    write("proc/self/cgroup", "5:cpu,cpuacct:/box\n4:memory:/box\n");
    write("sys/fs/cgroup/memory/box/memory.limit_in_bytes", "700000000\n");
    write("sys/fs/cgroup/memory/box/memory.usage_in_bytes", "100000000\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n"); // none
    write("sys/fs/cgroup/memory/memory.usage_in_bytes", "100000000\n");
    QCOMPARE(free().value_or(0), std::uint64_t{600'000'000});
}

void TestFreeMemory::groupThatIsFull()
{
    writeMeminfo();
    write("proc/self/cgroup", "0::/full\n");
    write("sys/fs/cgroup/full/memory.max", "100\n");
    write("sys/fs/cgroup/full/memory.current", "200\n");
    QCOMPARE(free().value_or(1), std::uint64_t{0});
}

QTEST_APPLESS_MAIN(TestFreeMemory)
#include "tst_freememory.moc"
