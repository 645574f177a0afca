#pragma once

// A terminal without a screen: takes what a program writes, and tells what a terminal would show.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct confab_terminal confab_terminal;

/// One cell; `width` is 0 for the second half of a wide character.
typedef struct {
  uint32_t scalars[6];
  uint8_t scalar_count;
  uint8_t width;
  /// 1 bold, 4 italic, 8 underline, 16 reverse, 32 struck.
  uint8_t attributes;
  /// -1 for the terminal's own colour, an index below 256, or 0x1000000 and 24 bits.
  int32_t foreground, background;
} confab_terminal_cell;

/// A terminal of a size; NULL without memory.
confab_terminal *confab_terminal_new(int rows, int columns);
void confab_terminal_free(confab_terminal *terminal);
/// Takes what a program wrote.
void confab_terminal_write(confab_terminal *terminal, const void *bytes, size_t count);
void confab_terminal_resize(confab_terminal *terminal, int rows, int columns);
confab_terminal_cell confab_terminal_cell_at(const confab_terminal *terminal, int row, int column);
/// Where the cursor is; false while it is hidden.
bool confab_terminal_cursor(const confab_terminal *terminal, int *row, int *column);
/// The window's title, ended by a zero byte; valid until the next write.
const char *confab_terminal_title(const confab_terminal *terminal);
