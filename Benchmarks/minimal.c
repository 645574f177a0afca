// The least that a chat client on ncurses can do: it draws a screen like Confab's once, echoes what is
// typed in the composer, and leaves on Ctrl-Q. It has no model, no views, no network. confab-bench runs
// it beside confab, so that every machine brings its own yardstick.
//
//   cc -O2 Benchmarks/minimal.c -lncursesw -o .build/minimal

#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { CONTROL_Q = 0x11, DELETE = 0x7F, LIST = 28 };

static char typed[4096];
static int count;

static void header(void) {
  attrset(COLOR_PAIR(1) | A_BOLD);
  mvhline(0, 0, ' ', COLS);
  mvaddstr(0, 1, "Minimal  Alice  token good for 23 h 59 min");
  attrset(A_NORMAL);
}

static void threads(void) {
  for (int row = 1; row < LINES - 2; row++) {
    attrset(row == 3 ? A_REVERSE : A_NORMAL);
    if (row <= 12) mvprintw(row, 0, "%-*s", LIST, row % 3 ? " Weekly planning" : " Zürich 東京 office");
    attrset(COLOR_PAIR(2));
    mvaddstr(row, LIST, "│");
  }
  attrset(A_NORMAL);
}

static void messages(void) {
  for (int row = 1; row < LINES - 2; row++) {
    attrset(COLOR_PAIR(3));
    mvprintw(row, LIST + 2, "12:%02d", row);
    attrset(A_BOLD);
    addstr(row % 2 ? " Bob   " : " Alice ");
    attrset(A_NORMAL);
    addstr(row % 5 ? "Shall we look at the numbers before lunch?" : "Déjà vu — 会議は三時です。");
  }
}

static void composer(void) {
  attrset(COLOR_PAIR(2));
  for (int column = 0; column < COLS; column++) mvaddstr(LINES - 2, column, "─");
  attrset(A_NORMAL);
  mvaddstr(LINES - 1, 0, "say>");
  int room = COLS - 6;
  int from = count > room ? count - room : 0;
  addch(' ');
  addnstr(typed + from, count - from);
  clrtoeol();
}

int main(void) {
  setlocale(LC_ALL, "");
  if (newterm(NULL, stdout, stdin) == NULL) {
    fputs("minimal: this terminal is not known; set TERM\n", stderr);
    return 69;
  }
  raw();
  noecho();
  nonl();
  typeahead(-1);
  start_color();
  use_default_colors();
  init_pair(1, COLOR_WHITE, COLOR_BLUE);
  init_pair(2, COLOR_BLUE, -1);
  init_pair(3, COLOR_CYAN, -1);
  header();
  threads();
  messages();
  composer();
  refresh();
  unsigned char bytes[256];
  for (;;) {
    ssize_t got = read(STDIN_FILENO, bytes, sizeof bytes);
    if (got <= 0) break;
    for (ssize_t i = 0; i < got; i++) {
      if (bytes[i] == CONTROL_Q) goto done;
      if (bytes[i] == DELETE) count -= count > 0;
      else if (bytes[i] >= ' ' && count < (int)sizeof typed - 1) typed[count++] = (char)bytes[i];
    }
    composer();
    refresh();
  }
done:
  endwin();
  return 0;
}
