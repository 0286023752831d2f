#include "widgets/viewmodel/tracestatejson.h"

#include "widgets/viewmodel/inputjson.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>
#include <limits>

namespace stepscope::tracestatejson {

namespace {

struct StateText {
    Q_DECLARE_TR_FUNCTIONS(TraceState)
};

constexpr QLatin1String versionKey("version");
constexpr QLatin1String windowKey("window");
constexpr QLatin1String viewKey("view");
constexpr QLatin1String tpotKey("tpot_ms");
constexpr QLatin1String tokensKey("tokens_per_step");
constexpr QLatin1String groupsKey("expanded_groups");
constexpr QLatin1String referenceKey("reference_device");
constexpr QLatin1String drawnStepsKey("drawn_steps");
constexpr QLatin1String inputKey("statements");
constexpr QLatin1String markersKey("markers");
constexpr QLatin1String timeKey("time_ns");
constexpr QLatin1String noteKey("note");
constexpr QLatin1String deviceKey("device");
constexpr QLatin1String boundariesKey("boundaries_ns");
constexpr QLatin1String beginKey("begin_ns");
constexpr QLatin1String endKey("end_ns");

constexpr qsizetype mostGroups = 4096;
constexpr qsizetype mostBoundaries = 1'000'000;

/// A whole number of 64 bits: a double would lose nanoseconds after 104 days.
std::optional<qint64> integerIn(const QJsonValue& value)
{
    // Both defaults come back only where there is no integer.
    const qint64 integer = value.toInteger(0);
    return integer == value.toInteger(1) ? std::optional(integer) : std::nullopt;
}

std::optional<TimeRange> rangeIn(const QJsonValue& value)
{
    const QJsonObject object = value.toObject();
    const std::optional<qint64> begin = integerIn(object.value(beginKey));
    const std::optional<qint64> end = integerIn(object.value(endKey));
    if (!begin || !end || *end <= *begin || *begin < 0)
        return std::nullopt;
    return TimeRange{timePointAt(*begin), timePointAt(*end)};
}

std::optional<double> amountIn(const QJsonValue& value)
{
    const double number = value.toDouble(0.0);
    return number > 0.0 && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::optional<QStringList> groupsIn(const QJsonValue& value)
{
    const QJsonArray array = value.toArray();
    if (!value.isArray() || array.size() > mostGroups)
        return std::nullopt;
    QStringList groups;
    for (const QJsonValue& group : array) {
        if (!group.isString())
            return std::nullopt;
        groups += group.toString();
    }
    return groups;
}

std::optional<std::uint32_t> deviceIn(const QJsonValue& value)
{
    const std::optional<qint64> device = integerIn(value);
    if (!device || *device < 0 || *device > std::numeric_limits<std::int32_t>::max())
        return std::nullopt;
    return static_cast<std::uint32_t>(*device);
}

using DrawnSteps = std::map<std::uint32_t, std::vector<TimePoint>>;

std::optional<DrawnSteps> drawnStepsIn(const QJsonValue& value)
{
    const QJsonArray devices = value.toArray();
    if (!value.isArray() || devices.size() > mostGroups)
        return std::nullopt;
    DrawnSteps drawn;
    for (const QJsonValue& entry : devices) {
        const std::optional<std::uint32_t> device = deviceIn(entry.toObject().value(deviceKey));
        const QJsonArray times = entry.toObject().value(boundariesKey).toArray();
        if (!device || times.isEmpty() || times.size() > mostBoundaries)
            return std::nullopt;
        std::vector<TimePoint>& boundaries = drawn[*device];
        for (const QJsonValue& time : times) {
            const std::optional<qint64> ns = integerIn(time);
            if (!ns || *ns < 0)
                return std::nullopt;
            boundaries.push_back(timePointAt(*ns));
        }
    }
    return drawn;
}

std::optional<std::vector<Marker>> markersIn(const QJsonValue& value)
{
    const QJsonArray array = value.toArray();
    if (!value.isArray() || array.size() > static_cast<qsizetype>(MarkerList::mostMarkers))
        return std::nullopt;
    std::vector<Marker> markers;
    for (const QJsonValue& entry : array) {
        const QJsonValue note = entry.toObject().value(noteKey);
        const std::optional<qint64> ns = integerIn(entry.toObject().value(timeKey));
        if (!ns || *ns < 0 || !(note.isString() || note.isUndefined()))
            return std::nullopt;
        markers.push_back({timePointAt(*ns), note.toString()});
    }
    return markers;
}

QJsonArray arrayOf(const std::vector<Marker>& markers)
{
    QJsonArray array;
    for (const Marker& marker : markers) {
        QJsonObject entry{{timeKey, static_cast<qint64>(nanosecondsOf(marker.time))}};
        if (!marker.note.isEmpty())
            entry.insert(noteKey, marker.note);
        array.append(entry);
    }
    return array;
}

QJsonArray arrayOf(const DrawnSteps& drawn)
{
    QJsonArray devices;
    for (const auto& [device, boundaries] : drawn) {
        QJsonArray times;
        for (const TimePoint time : boundaries)
            times.append(static_cast<qint64>(nanosecondsOf(time)));
        devices.append(QJsonObject{{deviceKey, static_cast<qint64>(device)}, {boundariesKey, times}});
    }
    return devices;
}

const QByteArray byteOrderMark = QByteArrayLiteral("\xef\xbb\xbf");

/// Qt reads a text that begins with a byte order mark without it, so that two names may become one. As an
/// escape it stays.
QByteArray withMarksEscaped(const QByteArray& json)
{
    const bool isMarked = json.startsWith(byteOrderMark); // the file itself
    QByteArray escaped = isMarked ? json.mid(byteOrderMark.size()) : json;
    return escaped.replace(byteOrderMark, QByteArrayLiteral("\\ufeff"));
}

QJsonObject objectOf(TimeRange range)
{
    return {{beginKey, static_cast<qint64>(nanosecondsOf(range.begin))},
            {endKey, static_cast<qint64>(nanosecondsOf(range.end))}};
}

/// Whether each member that is there can be read.
bool isWhole(const QJsonObject& object)
{
    const TraceState state = stateIn(object);
    const auto fits = [&object](QLatin1String key, bool isRead) { return isRead || !object.contains(key); };
    return fits(windowKey, state.window.has_value()) && fits(viewKey, state.view.has_value()) &&
           fits(tpotKey, state.tpotMilliseconds.has_value()) &&
           fits(tokensKey, state.tokensPerStep.has_value()) &&
           fits(groupsKey, state.expandedGroups.has_value()) &&
           fits(referenceKey, state.reference.has_value()) && fits(inputKey, state.input.has_value()) &&
           fits(drawnStepsKey, state.drawnSteps.has_value()) && fits(markersKey, state.markers.has_value());
}

} // namespace

std::optional<QJsonObject> parse(const QByteArray& text, QString& why)
{
    QJsonParseError error;
    QJsonDocument document = QJsonDocument::fromJson(text, &error);
    if (!document.isNull() && text.lastIndexOf(byteOrderMark) > 0)
        document = QJsonDocument::fromJson(withMarksEscaped(text));
    if (!document.isObject()) {
        why = StateText::tr("it is damaged: %1 at byte %2").arg(error.errorString()).arg(error.offset);
        return std::nullopt;
    }
    QJsonObject object = document.object();
    const std::optional<qint64> written = integerIn(object.value(versionKey));
    if (!written || *written < 1) {
        why = StateText::tr("it is damaged: it has no version");
        return std::nullopt;
    }
    if (*written > version) {
        why = StateText::tr("a later StepScope wrote it");
        return std::nullopt;
    }
    if (!isWhole(object)) {
        why = StateText::tr("it is damaged: a value in it cannot be");
        return std::nullopt;
    }
    return object;
}

QByteArray textOf(const QJsonObject& object)
{
    return withMarksEscaped(QJsonDocument(object).toJson());
}

TraceState stateIn(const QJsonObject& object)
{
    TraceState state;
    state.window = rangeIn(object.value(windowKey));
    state.view = rangeIn(object.value(viewKey));
    state.tpotMilliseconds = amountIn(object.value(tpotKey));
    state.tokensPerStep = amountIn(object.value(tokensKey));
    state.expandedGroups = groupsIn(object.value(groupsKey));
    state.reference = deviceIn(object.value(referenceKey));
    state.input = inputIn(object.value(inputKey));
    state.drawnSteps = drawnStepsIn(object.value(drawnStepsKey));
    state.markers = markersIn(object.value(markersKey));
    return state;
}

void put(QJsonObject& object, TraceState::Fields fields, const TraceState& state)
{
    const auto set = [&](TraceState::Field field, QLatin1String key, const QJsonValue& value) {
        if (!fields.testFlag(field))
            return;
        if (value.isUndefined())
            object.remove(key);
        else
            object.insert(key, value);
    };
    const QJsonValue none(QJsonValue::Undefined);
    object.insert(versionKey, version);
    set(TraceState::Window, windowKey, state.window ? QJsonValue(objectOf(*state.window)) : none);
    set(TraceState::View, viewKey, state.view ? QJsonValue(objectOf(*state.view)) : none);
    set(TraceState::Tpot, tpotKey, state.tpotMilliseconds ? QJsonValue(*state.tpotMilliseconds) : none);
    set(TraceState::TokensPerStep, tokensKey, state.tokensPerStep ? QJsonValue(*state.tokensPerStep) : none);
    set(TraceState::ExpandedGroups, groupsKey,
        state.expandedGroups ? QJsonValue(QJsonArray::fromStringList(*state.expandedGroups)) : none);
    set(TraceState::Reference, referenceKey,
        state.reference ? QJsonValue(static_cast<qint64>(*state.reference)) : none);
    set(TraceState::Input, inputKey, state.input ? QJsonValue(objectOf(*state.input)) : none);
    set(TraceState::DrawnSteps, drawnStepsKey,
        state.drawnSteps ? QJsonValue(arrayOf(*state.drawnSteps)) : none);
    set(TraceState::Markers, markersKey, state.markers ? QJsonValue(arrayOf(*state.markers)) : none);
}

} // namespace stepscope::tracestatejson
