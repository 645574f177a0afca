#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/close_range.h>

char *const *confab_environment(void) { return environ; }

int confab_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

void confab_forbid_dumps(void) { prctl(PR_SET_DUMPABLE, 0); }

int confab_memory_file(const char *name) { return memfd_create(name, MFD_CLOEXEC); }

int confab_process_file(pid_t process) { return (int)syscall(SYS_pidfd_open, process, 0); }

struct start {
  const char *path;
  char *const *arguments, *const *environment;
  const int *files;
  int inherited, own_group;
  const sigset_t *mask;
  pid_t parent;
};

/// The child's side; returns only when it failed, with errno as the reason.
static void become(const struct start *start) {
  if (prctl(PR_SET_PDEATHSIG, SIGTERM) != 0) return;
  // The parent may have ended before it could be watched.
  if (getppid() != start->parent) _exit(1);
  if (start->own_group && setpgid(0, 0) != 0) return;
  for (int number = 0; number < 3; number++)
    if (dup2(start->files[number], number) < 0) return;
  // Libraries may have opened files without the flag; old kernels lack the call, and ours have the flag.
  close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
  if (start->inherited >= 0 && fcntl(start->inherited, F_SETFD, 0) != 0) return;
  if (sigprocmask(SIG_SETMASK, start->mask, NULL) != 0) return;
  execve(start->path, start->arguments, start->environment);
}

int confab_start(const char *path, char *const arguments[], char *const environment[],
                 const int files[3], int inherited, int own_group, const sigset_t *mask,
                 pid_t *process) {
  int report[2];
  if (confab_pipe(report) != 0) return errno;
  struct start start = {path,      arguments, environment, files,
                        inherited, own_group, mask,        getpid()};
  pid_t child = fork();
  int reason = child < 0 ? errno : 0;
  if (child == 0) {
    become(&start);
    reason = errno;
    (void)!write(report[1], &reason, sizeof reason);
    _exit(127);
  }
  close(report[1]);
  if (child > 0) {
    // The pipe closes when the program runs.
    ssize_t count;
    do count = read(report[0], &reason, sizeof reason);
    while (count < 0 && errno == EINTR);
    if (count == (ssize_t)sizeof reason) waitpid(child, NULL, 0);
  }
  close(report[0]);
  *process = child;
  return reason;
}
