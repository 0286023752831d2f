#include "app/commandline.h"

#include "core/import/tracefolder.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

namespace stepscope {

namespace {

struct CommandLineText {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

CommandLine wrong(const QString& message)
{
    CommandLine result;
    result.verb = CommandLine::Verb::Wrong;
    result.message = message;
    return result;
}

std::optional<ThemeChoice> themeFrom(const QString& word)
{
    if (word == QLatin1String("light"))
        return ThemeChoice::Light;
    if (word == QLatin1String("dark"))
        return ThemeChoice::Dark;
    if (word == QLatin1String("system"))
        return ThemeChoice::System;
    return std::nullopt;
}

std::optional<QSize> sizeFrom(const QString& text)
{
    const QStringList sides = text.split(QLatin1Char('x'));
    if (sides.size() != 2)
        return std::nullopt;
    const QSize size(sides[0].toInt(), sides[1].toInt());
    constexpr int largest = 16384;
    const bool isPossible =
        size.width() > 0 && size.height() > 0 && size.width() <= largest && size.height() <= largest;
    return isPossible ? std::optional(size) : std::nullopt;
}

} // namespace

QList<QStringList> CommandLine::documents() const
{
    std::vector<std::string> names;
    QList<QStringList> documents;
    for (const QString& file : files) {
        if (QFileInfo(file).absolutePath() == QFileInfo(files.first()).absolutePath())
            names.push_back(QFile::encodeName(QFileInfo(file).fileName()).toStdString());
        documents += QStringList(file);
    }
    if (static_cast<qsizetype>(names.size()) == files.size() && isRankSet(names))
        return {files};
    return documents;
}

CommandLine CommandLine::parse(const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(CommandLineText::tr(
        "StepScope shows where each decoded token's time goes, from a profiler trace of a "
        "language-model server: nsys .sqlite, torch profiler .json or .json.gz."));
    const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")},
                                  CommandLineText::tr("Show this help."));
    const QCommandLineOption version = parser.addVersionOption();
    const QCommandLineOption theme(QStringLiteral("theme"),
                                   CommandLineText::tr("Colours for this run: light, dark or system."),
                                   QStringLiteral("theme"));
    const QCommandLineOption report(
        QStringLiteral("report"),
        CommandLineText::tr(
            "Write budget, verdict and a picture of the trace to this folder, without a window."),
        QStringLiteral("folder"));
    const QCommandLineOption sample(QStringLiteral("sample"), CommandLineText::tr("Open the sample trace."));
    const QCommandLineOption noCache(
        QStringLiteral("no-cache"),
        CommandLineText::tr("Open the files themselves, not what is kept of them, and keep nothing."));
    const QCommandLineOption check(
        QStringLiteral("check-display"),
        CommandLineText::tr("Say by exit code whether a window can be shown here: 0 yes, 4 no."));
    QCommandLineOption screenshot(QStringLiteral("screenshot"), QString(), QStringLiteral("file"));
    QCommandLineOption size(QStringLiteral("size"), QString(), QStringLiteral("WxH"));
    screenshot.setFlags(QCommandLineOption::HiddenFromHelp);
    size.setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOptions({help, theme, report, sample, noCache, check, screenshot, size});
    parser.addPositionalArgument(
        QStringLiteral("trace"),
        CommandLineText::tr("The traces to open, each in a window of its own; the ranks of one "
                            "recording, or their folder, in one."),
        QStringLiteral("[trace…]"));

    if (!parser.parse(arguments))
        return wrong(parser.errorText());
    CommandLine result;
    result.files = parser.positionalArguments();
    result.openSample = parser.isSet(sample);
    result.usesCache = !parser.isSet(noCache);
    result.screenshot = parser.value(screenshot);
    if (parser.isSet(help)) {
        result.verb = Verb::Help;
        result.message = parser.helpText();
        return result;
    }
    if (parser.isSet(version)) {
        result.verb = Verb::Version;
        result.message = QStringLiteral("%1 %2").arg(QCoreApplication::applicationName(),
                                                     QCoreApplication::applicationVersion());
        return result;
    }
    if (parser.isSet(theme)) {
        result.theme = themeFrom(parser.value(theme));
        if (!result.theme)
            return wrong(CommandLineText::tr("--theme is light, dark or system, not \"%1\".")
                             .arg(parser.value(theme)));
    }
    if (parser.isSet(size)) {
        const std::optional<QSize> wanted = sizeFrom(parser.value(size));
        if (!wanted)
            return wrong(CommandLineText::tr("--size is a width and a height such as 1366x768, not \"%1\".")
                             .arg(parser.value(size)));
        result.size = *wanted;
    }
    if (parser.isSet(check)) {
        result.verb = Verb::CheckDisplay;
    } else if (parser.isSet(report)) {
        result.verb = Verb::Report;
        result.reportFolder = parser.value(report);
        if (result.files.isEmpty() && !result.openSample)
            return wrong(CommandLineText::tr("--report needs a trace."));
    }
    return result;
}

} // namespace stepscope
