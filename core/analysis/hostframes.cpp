#include "core/analysis/hostframes.h"

#include "core/analysis/stepannotation.h"

#include <cassert>

namespace stepscope {

namespace {

Pattern compiled(const char* expression)
{
    Result<Pattern> pattern = Pattern::compile(expression);
    assert(pattern); // constants, each met by a test
    return std::move(*pattern);
}

/// "vllm/v1/engine/core.py(812): run_busy_loop" in two: where it stands, and what it is called.
struct PythonName {
    std::string_view place;
    std::string_view function;
};

PythonName splitName(std::string_view name)
{
    const std::size_t colon = name.rfind("): ");
    if (colon == std::string_view::npos)
        return {{}, name};
    return {name.substr(0, colon), name.substr(colon + 3)};
}

} // namespace

HostFrameClassifier::HostFrameClassifier()
    : m_loop(compiled("^(execute_model|run_engine_core|\\w*(busy|event)_loop\\w*)$")),
      m_module(compiled("^(forward|__call__)$"))
{
    // Of definitions.md §3.8, in its order.
    m_rules.push_back({TimeClass::Sampling, compiled("sample|sampler|logits|argmax|top_?k_?top_?p|top_p|"
                                                     "reject|gumbel")});
    m_rules.push_back({TimeClass::Scheduler, compiled("schedule|update_states|update_from_output|"
                                                      "engine_core|process_output")});
    m_rules.push_back({TimeClass::Prepare, compiled("prepare_inputs|(build|init).*metadata|block_table|"
                                                    "slot_mapping")});
    m_rules.push_back({TimeClass::Draft, compiled("propose|draft|eagle|\\bmtp|spec_decode")});
    m_rules.push_back({TimeClass::Allocate, compiled("^(cuda|hip)(Malloc|Free|HostAlloc|HostMalloc)|"
                                                     "^cuMem(Alloc|Free|Create|Map|Host)")});
}

std::optional<TimeClass> HostFrameClassifier::ownerOf(std::string_view text) const
{
    for (const Rule& rule : m_rules) {
        if (rule.pattern.matches(text))
            return rule.owner;
    }
    return std::nullopt;
}

HostFrame HostFrameClassifier::classify(std::string_view name) const
{
    HostFrame frame;
    if (parseStepAnnotation(name)) {
        frame.isStepRange = true;
        return frame;
    }
    const PythonName parts = splitName(name);
    const bool isModule = m_module.matches(parts.function);
    frame.isDriver = isModule || m_loop.matches(parts.function);
    // The name of a module's call explains nothing, but the file it stands in may: sampler.py: forward.
    if (!frame.isDriver)
        frame.owner = ownerOf(name);
    else if (isModule)
        frame.owner = ownerOf(parts.place);
    return frame;
}

} // namespace stepscope
