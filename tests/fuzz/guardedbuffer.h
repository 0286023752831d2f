#pragma once

#include "tests/fuzz/fuzztarget.h"

#include <cstddef>
#include <span>

#include <sys/mman.h>

namespace stepscope::test {

/// Memory that ends where no memory is: for code that the address sanitizer does not see into. Byte is char
/// or unsigned char.
template <typename Byte> class GuardedBuffer {
public:
    /// `size` is at least 1.
    explicit GuardedBuffer(std::size_t size)
    {
        const std::size_t used = (size + page - 1) / page * page;
        m_mapped = used + 2 * page;
        void* const memory =
            ::mmap(nullptr, m_mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        require(memory != MAP_FAILED, "there is memory");
        m_memory = static_cast<char*>(memory);
        require(::mprotect(m_memory, page, PROT_NONE) == 0, "the page before is guarded");
        require(::mprotect(m_memory + page + used, page, PROT_NONE) == 0, "the page behind is guarded");
        m_bytes = {reinterpret_cast<Byte*>(m_memory + page + used - size), size};
    }
    ~GuardedBuffer() { ::munmap(m_memory, m_mapped); }
    GuardedBuffer(const GuardedBuffer&) = delete;
    GuardedBuffer& operator=(const GuardedBuffer&) = delete;

    std::span<Byte> bytes() const { return m_bytes; }

private:
    static constexpr std::size_t page = 4096;

    char* m_memory = nullptr;
    std::size_t m_mapped = 0;
    std::span<Byte> m_bytes;
};

} // namespace stepscope::test
