#include <malloc.h>

/// Bytes that the process has asked for and not given back.
static inline size_t allocated_bytes(void) {
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}
