#pragma once

#include <cstddef>
#include <memory>
#include <string>

struct evp_md_ctx_st;

namespace stepscope {

/// SHA-256 of bytes that come in pieces. Not thread-safe.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    void update(const void* bytes, std::size_t size);
    /// Lower-case hex of everything so far. Ends the computation: call once.
    std::string hexDigest();

private:
    struct Deleter {
        void operator()(evp_md_ctx_st* context) const;
    };
    std::unique_ptr<evp_md_ctx_st, Deleter> m_context;
};

} // namespace stepscope
