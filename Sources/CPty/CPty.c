#define _GNU_SOURCE
#include "CPty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

pid_t confab_pty_spawn(
  char *const *arguments, char *const *environment, unsigned short width, unsigned short height,
  int *terminal) {
  struct winsize size = {.ws_row = height, .ws_col = width};
  int program_end;
  if (openpty(terminal, &program_end, NULL, NULL, &size) != 0) return -1;
  fcntl(*terminal, F_SETFD, FD_CLOEXEC);
  pid_t child = fork();
  if (child == 0) {
    // Only calls that are safe after a fork in a process with threads.
    setsid();
    ioctl(program_end, TIOCSCTTY, 0);
    for (int standard = 0; standard < 3; standard++) dup2(program_end, standard);
    if (program_end > 2) close(program_end);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execvpe(arguments[0], arguments, environment);
    _exit(127);
  }
  int saved = errno;
  close(program_end);
  if (child < 0) close(*terminal);
  errno = saved;
  return child;
}

bool confab_pty_resize(int terminal, unsigned short width, unsigned short height) {
  struct winsize size = {.ws_row = height, .ws_col = width};
  return ioctl(terminal, TIOCSWINSZ, &size) == 0;
}

bool confab_pty_readable(int terminal, int64_t nanoseconds) {
  struct pollfd wanted = {.fd = terminal, .events = POLLIN};
  struct timespec limit = {nanoseconds / 1000000000, nanoseconds % 1000000000};
  return ppoll(&wanted, 1, nanoseconds < 0 ? NULL : &limit, NULL) > 0;
}

int confab_pty_exit_code(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

bool confab_bytes_contain(const void *bytes, size_t count, const void *wanted, size_t wanted_count) {
  return memmem(bytes, count, wanted, wanted_count) != NULL;
}
