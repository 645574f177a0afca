#include "CVterm.h"

#include <stdlib.h>
#include <string.h>
#include <vterm.h>

struct confab_terminal {
  VTerm *vterm;
  VTermScreen *screen;
  VTermPos cursor;
  bool cursor_is_visible;
  char title[1024];
};

static int cursor_moved(VTermPos position, VTermPos before, int is_visible, void *user) {
  confab_terminal *terminal = user;
  terminal->cursor = position;
  return 1;
}

static int property_changed(VTermProp property, VTermValue *value, void *user) {
  confab_terminal *terminal = user;
  if (property == VTERM_PROP_CURSORVISIBLE) terminal->cursor_is_visible = value->boolean;
  if (property == VTERM_PROP_TITLE) {
    strncpy(terminal->title, value->string, sizeof terminal->title - 1);
  }
  return 1;
}

static const VTermScreenCallbacks callbacks = {
  .movecursor = cursor_moved,
  .settermprop = property_changed,
};

confab_terminal *confab_terminal_new(int rows, int columns) {
  confab_terminal *terminal = calloc(1, sizeof *terminal);
  if (!terminal) return NULL;
  terminal->vterm = vterm_new(rows, columns);
  vterm_set_utf8(terminal->vterm, 1);
  terminal->screen = vterm_obtain_screen(terminal->vterm);
  terminal->cursor_is_visible = true;
  vterm_screen_set_callbacks(terminal->screen, &callbacks, terminal);
  vterm_screen_enable_altscreen(terminal->screen, 1);
  vterm_screen_reset(terminal->screen, 1);
  return terminal;
}

void confab_terminal_free(confab_terminal *terminal) {
  vterm_free(terminal->vterm);
  free(terminal);
}

void confab_terminal_write(confab_terminal *terminal, const void *bytes, size_t count) {
  vterm_input_write(terminal->vterm, bytes, count);
  vterm_screen_flush_damage(terminal->screen);
  // Nobody reads what the terminal would answer.
  char answers[512];
  while (vterm_output_read(terminal->vterm, answers, sizeof answers) > 0) {}
}

void confab_terminal_resize(confab_terminal *terminal, int rows, int columns) {
  vterm_set_size(terminal->vterm, rows, columns);
  vterm_screen_flush_damage(terminal->screen);
}

static int32_t color(VTermColor color, bool is_standard) {
  if (is_standard) return -1;
  if (VTERM_COLOR_IS_INDEXED(&color)) return color.indexed.idx;
  return 0x1000000 | color.rgb.red << 16 | color.rgb.green << 8 | color.rgb.blue;
}

confab_terminal_cell confab_terminal_cell_at(const confab_terminal *terminal, int row, int column) {
  confab_terminal_cell result = {.width = 1, .foreground = -1, .background = -1};
  VTermScreenCell cell;
  if (!vterm_screen_get_cell(terminal->screen, (VTermPos){.row = row, .col = column}, &cell)) {
    return result;
  }
  // The second half of a wide character has no scalars of its own.
  if (cell.chars[0] == (uint32_t)-1) {
    result.width = 0;
    return result;
  }
  while (result.scalar_count < VTERM_MAX_CHARS_PER_CELL && cell.chars[result.scalar_count]) {
    result.scalars[result.scalar_count] = cell.chars[result.scalar_count];
    result.scalar_count++;
  }
  result.width = cell.width < 1 ? 1 : (uint8_t)cell.width;
  result.attributes = (cell.attrs.bold ? 1 : 0) | (cell.attrs.italic ? 4 : 0)
    | (cell.attrs.underline ? 8 : 0) | (cell.attrs.reverse ? 16 : 0) | (cell.attrs.strike ? 32 : 0);
  result.foreground = color(cell.fg, VTERM_COLOR_IS_DEFAULT_FG(&cell.fg));
  result.background = color(cell.bg, VTERM_COLOR_IS_DEFAULT_BG(&cell.bg));
  return result;
}

bool confab_terminal_cursor(const confab_terminal *terminal, int *row, int *column) {
  *row = terminal->cursor.row;
  *column = terminal->cursor.col;
  return terminal->cursor_is_visible;
}

const char *confab_terminal_title(const confab_terminal *terminal) { return terminal->title; }
