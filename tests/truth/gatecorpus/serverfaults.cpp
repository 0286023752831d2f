#include "tests/support/stepbuilder.h"
#include "tests/truth/gatecorpus/faultcaptures.h"

namespace stepscope::gatecorpus {

namespace {

namespace support = testsupport;

const std::vector<Format> bothFormats = {Format::Nsys, Format::Kineto};

std::vector<support::Segment>& segmentsOf(CorpusCapture& capture)
{
    return capture.loop.ranks.front().segments;
}

/// The loop with `between` in the middle.
void putBetween(CorpusCapture& capture, const support::Segment& between)
{
    support::Segment loop = segmentsOf(capture).front();
    loop.count /= 2;
    segmentsOf(capture) = {loop, between, loop};
    capture.isWholeTrace = true;
}

void prefillBetween(CorpusCapture& capture)
{
    support::Segment prefill;
    prefill.step = support::prefillStep(40, 100'000'000);
    prefill.step.annotation.style = capture.step().annotation.style;
    support::setHostGap(prefill.step, 11'400'000, support::workedHostGap());
    putBetween(capture, prefill);
}

void prefillNotAnnotated(CorpusCapture& capture)
{
    capture.step().annotation.style = support::AnnotationStyle::None;
    prefillBetween(capture);
}

/// A prompt's tokens beside the decode's, in a step of its usual length.
void mixedSteps(CorpusCapture& capture)
{
    support::Segment mixed = segmentsOf(capture).front();
    mixed.count = 4;
    mixed.step.annotation.contextRequests = 1;
    mixed.step.annotation.contextTokens = 64;
    putBetween(capture, mixed);
}

void onePrefillOfMany(CorpusCapture& capture)
{
    segmentsOf(capture).front().count = 120;
    prefillBetween(capture);
}

void batchGrows(CorpusCapture& capture)
{
    support::Segment second = segmentsOf(capture).front();
    second.step.annotation.genRequests = 4;
    second.step.annotation.genTokens = 4;
    segmentsOf(capture).push_back(second);
    capture.isWholeTrace = true;
}

void lull(CorpusCapture& capture)
{
    support::Segment second = segmentsOf(capture).front();
    second.lullBefore = 400'000'000;
    segmentsOf(capture).push_back(second);
    capture.isWholeTrace = true;
}

void shortLull(CorpusCapture& capture)
{
    lull(capture);
    segmentsOf(capture).front().count = 90;
    segmentsOf(capture).back().count = 90;
    segmentsOf(capture).back().lullBefore = 30'000'000; // 41 ms of 2.4 s
}

/// Four tokens are scheduled, 2.11 come out.
void speculative(CorpusCapture& capture)
{
    capture.step().annotation.genTokens = 4;
    capture.tokens = 2.11;
}

void overTenSeconds(CorpusCapture& capture)
{
    segmentsOf(capture).front().count = 80;
    support::setHostGap(capture.step(), 150'000'000, {});
    capture.isWholeTrace = true;
}

void profilerBusy(CorpusCapture& capture)
{
    capture.step().schedule.push_back({"Command Buffer Full", 1'300'000, support::HostKind::Overhead});
}

DriverRound& cleanRound(CorpusCapture& capture)
{
    return capture.clean.rounds.front();
}

DriverRound& profiledRound(CorpusCapture& capture)
{
    return capture.profiled.rounds.front();
}

/// Only the clean round is known, with a TPOT that is wrong by this factor.
template <int percent> void cleanTpot(CorpusCapture& capture)
{
    capture.profiled.rounds.clear();
    cleanRound(capture).itlMilliseconds = std::nullopt;
    *cleanRound(capture).tpotMilliseconds *= percent / 100.0;
}

template <int percent> void profiledTpot(CorpusCapture& capture)
{
    *profiledRound(capture).tpotMilliseconds *= percent / 100.0;
}

template <int percent> void profiledItl(CorpusCapture& capture)
{
    *profiledRound(capture).itlMilliseconds *= percent / 100.0;
}

/// Both rounds agree with each other and with the cadence, on tokens that cannot be.
template <int hundredths> void tokensAndTpot(CorpusCapture& capture)
{
    for (DriverRound* const round : {&cleanRound(capture), &profiledRound(capture)}) {
        *round->tpotMilliseconds *= capture.tokens / (hundredths / 100.0);
        round->tokensPerStep = hundredths / 100.0;
    }
}

/// The TPOT is right, the tokens are wrong by this factor.
template <int percent> void tokensAlone(CorpusCapture& capture)
{
    for (DriverRound* const round : {&cleanRound(capture), &profiledRound(capture)})
        round->tokensPerStep = capture.tokens * percent / 100.0;
}

} // namespace

const std::vector<FaultCapture>& serverFaults()
{
    using enum GateId;
    using enum GateState;
    using Code = EvidenceCode;
    static const std::vector<FaultCapture> faults = {
        {"prefill in the window", bothFormats, prefillBetween, nullptr, CleanDriver, Fail,
         Code::PrefillSteps},
        {"prefill, not annotated", bothFormats, prefillNotAnnotated, nullptr, CleanDriver, Fail,
         Code::PrefillSteps},
        {"mixed steps", bothFormats, mixedSteps, nullptr, CleanDriver, Fail, Code::PrefillSteps},
        {"one prefill of 121 steps", bothFormats, onePrefillOfMany, nullptr, CleanDriver, Warn,
         Code::PrefillSteps},
        {"batch grows", bothFormats, batchGrows,
         [](CorpusCapture& c) {
             cleanRound(c).concurrency = 4;
             profiledRound(c).concurrency = 4;
         },
         CleanDriver, Fail, Code::BatchVaries},
        {"lull", bothFormats, lull, nullptr, CleanDriver, Fail, Code::Lulls},
        {"short lull", bothFormats, shortLull, nullptr, CleanDriver, Warn, Code::Lulls},
        {"two clients", bothFormats,
         [](CorpusCapture& c) { c.step().annotation.genRequests = c.step().annotation.genTokens = 2; },
         [](CorpusCapture& c) {
             cleanRound(c).concurrency = 1;
             profiledRound(c).concurrency = 1;
         },
         CleanDriver, Fail, Code::DriverStreams},
        {"failed requests, clean round", bothFormats, nullptr,
         [](CorpusCapture& c) { cleanRound(c).failures = 2; }, CleanDriver, Fail, Code::DriverRecord},
        {"failed requests, captured round", bothFormats, nullptr,
         [](CorpusCapture& c) { profiledRound(c).failures = 1; }, CleanDriver, Fail, Code::DriverRecord},

        {"clean TPOT half", bothFormats, nullptr, cleanTpot<50>, ReconcilesWithTpot, Fail, Code::TpotError},
        {"clean TPOT double", bothFormats, nullptr, cleanTpot<200>, ReconcilesWithTpot, Fail,
         Code::TpotError},
        {"clean TPOT 30 % too large", bothFormats, nullptr, cleanTpot<130>, ReconcilesWithTpot, Fail,
         Code::TpotError},
        {"clean TPOT 30 % too small, graph level",
         {Format::NsysGraphLevel},
         nullptr,
         cleanTpot<70>,
         ReconcilesWithTpot,
         Fail,
         Code::TpotError},
        {"profiled TPOT 20 % too large", bothFormats, nullptr, profiledTpot<120>, ReconcilesWithTpot, Fail,
         Code::TpotError},
        {"profiled TPOT 20 % too small", bothFormats, nullptr, profiledTpot<80>, ReconcilesWithTpot, Fail,
         Code::TpotError},
        {"profiled TPOT 14 % too large", bothFormats, nullptr, profiledTpot<114>, ReconcilesWithTpot, Warn,
         Code::TpotError},
        {"profiled ITL 25 % too large", bothFormats, nullptr, profiledItl<125>, ReconcilesWithTpot, Fail,
         Code::ItlError},
        {"slowed by the profiler", bothFormats, nullptr,
         [](CorpusCapture& c) { *cleanRound(c).tpotMilliseconds /= 1.3; }, ReconcilesWithTpot, Warn,
         Code::Slowdown},
        {"the profiler's own time", bothFormats, profilerBusy, nullptr, ReconcilesWithTpot, Warn,
         Code::ProfilerRows},
        {"more tokens than scheduled", bothFormats, speculative, tokensAndTpot<600>, ReconcilesWithTpot, Fail,
         Code::TokensPerStep},
        {"tokens off by two", bothFormats, nullptr, tokensAndTpot<300>, ReconcilesWithTpot, Fail,
         Code::TokensPerStep},
        {"less than one token", bothFormats, speculative, tokensAndTpot<90>, ReconcilesWithTpot, Fail,
         Code::TokensPerStep},
        {"tokens applied twice", bothFormats, speculative, tokensAlone<211>, ReconcilesWithTpot, Fail,
         Code::TpotError},
        {"tokens left out", bothFormats, speculative,
         [](CorpusCapture& c) {
             cleanRound(c).tokensPerStep = 1.0;
             profiledRound(c).tokensPerStep = 1.0;
         },
         ReconcilesWithTpot, Fail, Code::TpotError},
        {"tokens doubled", bothFormats, speculative, tokensAlone<200>, ReconcilesWithTpot, Fail,
         Code::TpotError},

        {"longer than ten seconds", bothFormats, overTenSeconds, nullptr, ModestWindow, Warn,
         Code::WindowLength},
        {"context left out", bothFormats, nullptr, nullptr, ContextComplete, Warn, Code::ContextFields},
    };
    return faults;
}

} // namespace stepscope::gatecorpus
