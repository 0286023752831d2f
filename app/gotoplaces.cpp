#include "app/gotoplaces.h"

#include "app/tracepage.h"
#include "widgets/timeline/timelinewidget.h"
#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/kerneltext.h"
#include "widgets/viewmodel/lanelist.h"
#include "widgets/viewmodel/tracedocument.h"

#include <QAction>
#include <QCoreApplication>

#include <algorithm>

namespace stepscope {

namespace {

struct GoTo {
    Q_DECLARE_TR_FUNCTIONS(GoTo)
};

void addLanes(TracePage& page, std::vector<GoToPlace>& places)
{
    QString head;
    for (const Lane& lane : page.lanes().lanes()) {
        if (lane.isHead())
            head = lane.title;
        GoToPlace place;
        place.text = lane.isHead() ? head : GoTo::tr("%1, %2").arg(head, lane.title);
        place.note = lane.note.isEmpty() ? GoTo::tr("lane") : GoTo::tr("lane · %1").arg(lane.note);
        place.go = [&page, lane] { page.timeline().showLane(lane); };
        places.push_back(std::move(place));
    }
}

void addActions(const QList<QAction*>& actions, std::vector<GoToPlace>& places)
{
    for (QAction* const action : actions) {
        if (!action->isEnabled() || action->text().isEmpty())
            continue;
        GoToPlace place;
        place.text = action->text().remove(QLatin1Char('&'));
        place.note = action->shortcut().toString(QKeySequence::NativeText);
        place.whole = place.text + QLatin1Char('\n') + action->statusTip();
        place.go = [action] { action->trigger(); };
        places.push_back(std::move(place));
    }
}

void addKernels(TracePage& page, std::vector<GoToPlace>& places)
{
    struct Sum {
        NameId name;
        std::uint64_t count = 0;
        Duration time = Duration::zero();
    };
    const Trace& trace = page.document().index()->trace();
    const ActivityTable& work = trace.device(page.document().reference()).activities;
    std::vector<Sum> sums(trace.names().size());
    for (std::size_t row = 0; row < work.size(); ++row) {
        if (work.kind(row) != ActivityKind::Kernel)
            continue;
        Sum& sum = sums[work.name(row).value()];
        sum.name = work.name(row);
        ++sum.count;
        sum.time += work.range(row).duration();
    }
    sums.erase(std::remove_if(sums.begin(), sums.end(), [](const Sum& sum) { return sum.count == 0; }),
               sums.end());
    std::stable_sort(sums.begin(), sums.end(), [](const Sum& a, const Sum& b) { return a.time > b.time; });
    for (const Sum& sum : sums) {
        const std::string_view name = trace.name(sum.name);
        GoToPlace place;
        place.whole = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
        place.text = kerneltext::shortName(place.whole);
        place.note = GoTo::tr("kernel · %1 ×").arg(displaytext::count(sum.count));
        place.go = [&page, id = sum.name] { page.showKernel(id); };
        places.push_back(std::move(place));
    }
}

} // namespace

std::vector<GoToPlace> goToPlaces(TracePage& page, const QList<QAction*>& actions)
{
    std::vector<GoToPlace> places;
    if (page.document().isOpen())
        addLanes(page, places);
    addActions(actions, places);
    if (page.document().isOpen())
        addKernels(page, places);
    return places;
}

} // namespace stepscope
