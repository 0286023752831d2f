#include "widgets/viewmodel/kerneltext.h"

#include <QCoreApplication>

namespace stepscope::kerneltext {

namespace {

struct KernelText {
    Q_DECLARE_TR_FUNCTIONS(KernelText)
};

} // namespace

QString className(KernelClass kernelClass)
{
    switch (kernelClass) {
    case KernelClass::Communication:
        return KernelText::tr("comm");
    case KernelClass::KvCache:
        return KernelText::tr("kv cache");
    case KernelClass::Speculation:
        return KernelText::tr("spec");
    case KernelClass::MixtureOfExperts:
        return KernelText::tr("moe");
    case KernelClass::Preparation:
        return KernelText::tr("prepare");
    case KernelClass::Attention:
        return KernelText::tr("attention");
    case KernelClass::Sampling:
        return KernelText::tr("sampling");
    case KernelClass::Activation:
        return KernelText::tr("activation");
    case KernelClass::Normalisation:
        return KernelText::tr("norm");
    case KernelClass::Quantisation:
        return KernelText::tr("quant");
    case KernelClass::RotaryEmbedding:
        return KernelText::tr("rope");
    case KernelClass::MatrixMultiply:
        return KernelText::tr("gemm");
    case KernelClass::Embedding:
        return KernelText::tr("embedding");
    case KernelClass::Triton:
        return KernelText::tr("triton");
    case KernelClass::Elementwise:
        return KernelText::tr("element");
    case KernelClass::Unknown:
        break;
    }
    return KernelText::tr("unknown");
}

QString classMeaning(KernelClass kernelClass)
{
    switch (kernelClass) {
    case KernelClass::Communication:
        return KernelText::tr("communication between GPUs");
    case KernelClass::KvCache:
        return KernelText::tr("reads or writes the KV cache");
    case KernelClass::Speculation:
        return KernelText::tr("speculative decoding: draft, verify, accept");
    case KernelClass::MixtureOfExperts:
        return KernelText::tr("mixture of experts: routing and expert layers");
    case KernelClass::Preparation:
        return KernelText::tr("prepares the inputs of a step");
    case KernelClass::Attention:
        return KernelText::tr("attention");
    case KernelClass::Sampling:
        return KernelText::tr("logits and sampling");
    case KernelClass::Activation:
        return KernelText::tr("activation function");
    case KernelClass::Normalisation:
        return KernelText::tr("normalisation");
    case KernelClass::Quantisation:
        return KernelText::tr("quantises or rescales");
    case KernelClass::RotaryEmbedding:
        return KernelText::tr("rotary position embedding");
    case KernelClass::MatrixMultiply:
        return KernelText::tr("matrix multiplication");
    case KernelClass::Embedding:
        return KernelText::tr("embedding look-up");
    case KernelClass::Triton:
        return KernelText::tr("Triton kernel whose name says no more");
    case KernelClass::Elementwise:
        return KernelText::tr("element by element: copies, casts, additions");
    case KernelClass::Unknown:
        break;
    }
    return KernelText::tr("no rule knows the name");
}

QString shortName(const QString& name)
{
    static const QLatin1String anonymous("(anonymous namespace)::");
    QString text = name;
    text.remove(anonymous);
    // Up to the parameters, outside template arguments: the last blank ends the return type, the last "::"
    // the namespaces.
    int depth = 0;
    qsizetype begin = 0;
    qsizetype end = -1;
    for (qsizetype at = 0; at < text.size() && end < 0; ++at) {
        const QChar c = text[at];
        if (c == QLatin1Char('<'))
            ++depth;
        else if (c == QLatin1Char('>'))
            --depth;
        else if (depth != 0)
            continue;
        else if (c == QLatin1Char('('))
            end = at;
        else if (c == QLatin1Char(' '))
            begin = at + 1;
        else if (c == QLatin1Char(':') && at > 0 && text[at - 1] == c)
            begin = at + 1;
    }
    const bool isSignature = depth == 0 && end > begin && end > 0;
    return isSignature ? text.mid(begin, end - begin) : name;
}

} // namespace stepscope::kerneltext
