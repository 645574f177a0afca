#ifndef CALLOCATIONS_H
#define CALLOCATIONS_H

#include <stdbool.h>
#include <stdint.h>

/// True where allocations are counted; false under a sanitizer, which has an allocator of its own.
bool confab_counts_allocations(void);

/// How many times this thread has asked for memory.
uint64_t confab_allocation_count(void);

/// How many bytes this thread has asked for.
uint64_t confab_allocated_bytes(void);

/// Gives memory that nobody uses back to the system.
void confab_trim_memory(void);

#endif
