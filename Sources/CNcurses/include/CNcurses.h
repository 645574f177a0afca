#pragma once

// ncurses as CursesScreen uses it: macros and variadics as functions, and the few pieces that must
// be safe inside a signal handler.

#ifndef _XOPEN_SOURCE_EXTENDED
#define _XOPEN_SOURCE_EXTENDED 1
#endif
#define NCURSES_WIDECHAR 1

#include <curses.h>
#include <stdbool.h>
#include <stdint.h>
#include <term.h>
#include <wchar.h>

// ---- ncurses

/// Starts ncurses on standard input and output; false when TERM is unknown or cannot move a cursor.
/// The terminal is raw afterwards, without echo, and ncurses never reads from it.
bool confab_curses_start(void);

/// How many colours the terminal has; 0 when it has none.
static inline int confab_colors(void) { return has_colors() ? COLORS : 0; }

/// How many pairs of colours can be used at once.
static inline int confab_color_pairs(void) { return COLOR_PAIRS; }

/// The attributes of ncurses, which are macros with casts.
enum { CONFAB_BOLD, CONFAB_DIM, CONFAB_ITALIC, CONFAB_UNDERLINE, CONFAB_REVERSE, CONFAB_STRUCK };

/// The bit of an attribute above. Struck text has none in ncurses.
static inline uint32_t confab_attribute(int attribute) {
  switch (attribute) {
  case CONFAB_BOLD: return A_BOLD;
  case CONFAB_DIM: return A_DIM;
  case CONFAB_ITALIC: return A_ITALIC;
  case CONFAB_UNDERLINE: return A_UNDERLINE;
  case CONFAB_REVERSE: return A_REVERSE;
  default: return A_NORMAL;
  }
}

/// One cell for `confab_put`: a base and what combines with it, ended by 0, at most 5 in all.
static inline cchar_t confab_cell(const wchar_t *text, uint32_t attributes, int pair) {
  cchar_t cell;
  setcchar(&cell, text, attributes, 0, &pair);
  return cell;
}

/// The columns that ncurses gives a scalar, or -1 when the locale does not know it.
int confab_columns(wchar_t letter);

/// The cell of one scalar.
static inline cchar_t confab_letter(wchar_t letter, uint32_t attributes, int pair) {
  const wchar_t text[2] = {letter, 0};
  return confab_cell(text, attributes, pair);
}

/// Puts cells on the virtual screen from (row, column) to the right, wide ones on two columns.
static inline void confab_put(int row, int column, const cchar_t *cells, int count) {
  mvwadd_wchnstr(stdscr, row, column, cells, count);
}

/// Empties the virtual screen.
static inline void confab_erase(void) { werase(stdscr); }

/// Makes the next update repaint everything, whatever ncurses thinks is on the screen.
static inline void confab_forget(void) { clearok(curscr, TRUE); }

/// Sends the difference to the terminal and puts the cursor at (row, column), hidden if `row` < 0.
void confab_update(int row, int column);

/// Whether the terminal is of xterm's kind: titles, cursor shapes and window operations.
static inline bool confab_is_xterm(void) { return tigetflag("XT") > 0; }

/// The size that the kernel knows for the terminal; false when it knows none.
bool confab_size(int *width, int *height);

// ---- Waiting and signals

enum { CONFAB_INPUT = 1, CONFAB_EVENT = 2, CONFAB_HANGUP = 4 };

/// Handles SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP and SIGCONT: each is noted and wakes
/// `confab_wait`. Returns the eventfd, or -1.
int confab_signals_start(void);

/// Waits for standard input or the eventfd, at most `nanoseconds`, for ever if negative; returns
/// bits of the enum above.
int confab_wait(int event, int64_t nanoseconds);

/// Empties the eventfd and returns the signals since the last call, bit n for signal n.
uint64_t confab_take_signals(int event);

/// Wakes `confab_wait` from any thread.
void confab_wake(int event);

// ---- Giving the terminal back

/// Keeps the terminal's present settings, for `confab_settings_restore` and for emergencies.
/// False when standard input or output is no terminal.
bool confab_settings_save(void);

/// Sets the terminal as it was.
void confab_settings_restore(void);

/// Bytes to send, and settings to restore, when the process exits or crashes while the screen is
/// on; count 0 when there is nothing to give back.
void confab_emergency(const char *bytes, size_t count);

/// What the terminal needs to leave ncurses' screen: plain text, normal cursor, first screen.
size_t confab_leaving_bytes(char *buffer, size_t capacity);
