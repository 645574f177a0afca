#define _GNU_SOURCE
#include "CNcurses.h"

#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

// curses.h and term.h define short lower-case macros (lines, columns, …) that must not be used here.

// REP (CSI n b) saves a few bytes, but terminals that call themselves xterm do not all know it, and one that does not
// leaves old text on the screen. ncurses looks at the capability each time, so taking it away now suffices.
static void forgo_repetition(void) {
  repeat_char = NULL;
}

bool confab_curses_start(void) {
  // The locale says how many columns a character takes, so it must be one of UTF-8.
  if (setlocale(LC_CTYPE, "") == NULL || MB_CUR_MAX < 4) setlocale(LC_CTYPE, "C.UTF-8");
  if (newterm(NULL, stdout, stdin) == NULL) return false;
  if (tigetstr("cup") == NULL || tigetstr("cup") == (char *)-1) {
    endwin();
    return false;
  }
  forgo_repetition();
  raw();
  noecho();
  nonl();
  typeahead(-1);
  scrollok(stdscr, FALSE);
  if (has_colors()) {
    start_color();
    use_default_colors();
  }
  return true;
}

int confab_columns(wchar_t letter) { return wcwidth(letter); }

void confab_update(int row, int column) {
  static int shown = -1;
  int wanted = row >= 0;
  wmove(stdscr, row >= 0 ? row : 0, row >= 0 ? column : 0);
  wnoutrefresh(stdscr);
  if (shown != wanted) {
    curs_set(wanted);
    shown = wanted;
  }
  doupdate();
}

bool confab_size(int *width, int *height) {
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0)
    return false;
  *width = size.ws_col;
  *height = size.ws_row;
  return true;
}

// ---- Waiting and signals

static int event_fd = -1;
static _Atomic uint64_t arrived;

static void note(int number) {
  int saved = errno;
  atomic_fetch_or(&arrived, UINT64_C(1) << number);
  confab_wake(event_fd);
  errno = saved;
}

int confab_signals_start(void) {
  if (event_fd < 0) event_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (event_fd < 0) return -1;
  const int handled[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT};
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = note;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < sizeof handled / sizeof *handled; i++) sigaction(handled[i], &action, NULL);
  return event_fd;
}

int confab_wait(int event, int64_t nanoseconds) {
  struct pollfd wanted[2] = {{.fd = STDIN_FILENO, .events = POLLIN}, {.fd = event, .events = POLLIN}};
  struct timespec limit = {nanoseconds / 1000000000, nanoseconds % 1000000000};
  int ready = ppoll(wanted, 2, nanoseconds < 0 ? NULL : &limit, NULL);
  // A handler that interrupted the wait has written the eventfd.
  if (ready < 0) return errno == EINTR ? CONFAB_EVENT : CONFAB_HANGUP;
  int result = 0;
  if (wanted[0].revents & POLLIN) result |= CONFAB_INPUT;
  else if (wanted[0].revents) result |= CONFAB_HANGUP;
  if (wanted[1].revents) result |= CONFAB_EVENT;
  return result;
}

uint64_t confab_take_signals(int event) {
  uint64_t count;
  // Emptied first: a signal that comes after the exchange below writes it again.
  while (read(event, &count, sizeof count) < 0 && errno == EINTR) {
  }
  return atomic_exchange(&arrived, 0);
}

void confab_wake(int event) {
  const uint64_t one = 1;
  while (write(event, &one, sizeof one) < 0 && errno == EINTR) {
  }
}

// ---- Giving the terminal back

static struct termios settings;
static bool settings_saved;
static char emergency[512];
static _Atomic size_t emergency_count;

bool confab_settings_save(void) {
  if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) return false;
  settings_saved = tcgetattr(STDIN_FILENO, &settings) == 0;
  return settings_saved;
}

void confab_settings_restore(void) {
  if (settings_saved) tcsetattr(STDIN_FILENO, TCSADRAIN, &settings);
}

static void give_back(void) {
  size_t count = atomic_exchange(&emergency_count, 0);
  if (count == 0) return;
  ssize_t written = write(STDOUT_FILENO, emergency, count);
  (void)written;
  if (settings_saved) tcsetattr(STDIN_FILENO, TCSANOW, &settings);
}

static void crash(int number) {
  give_back();
  signal(number, SIG_DFL);
  raise(number);
}

void confab_emergency(const char *bytes, size_t count) {
  static bool installed;
  atomic_store(&emergency_count, 0);
  if (count == 0 || count > sizeof emergency) return;
  memcpy(emergency, bytes, count);
  atomic_store(&emergency_count, count);
  if (installed) return;
  installed = true;
  atexit(give_back);
  const int fatal[] = {SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGQUIT};
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = crash;
  
  for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++) sigaction(fatal[i], &action, NULL);
}

size_t confab_leaving_bytes(char *buffer, size_t capacity) {
  static const char *const names[] = {"sgr0", "cnorm", "rmcup"};
  size_t count = 0;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const char *text = tigetstr(names[i]);
    if (text == NULL || text == (char *)-1) continue;
    while (*text && count < capacity) {
      // Padding is for terminals of old: $<5>.
      if (text[0] == '$' && text[1] == '<') {
        const char *end = strchr(text, '>');
        if (end == NULL) break;
        text = end + 1;
      } else {
        buffer[count++] = *text++;
      }
    }
  }
  return count;
}
