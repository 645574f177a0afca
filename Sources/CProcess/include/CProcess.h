#pragma once

#include <signal.h>
#include <sys/types.h>

/// This process's environment, `NAME=value` each, a null pointer at the end.
char *const *confab_environment(void);

/// Starts the program at `path` as a child that gets SIGTERM when the calling thread ends, in whatever way.
///
/// Everything between fork and exec is done here, where only what is safe in a copy of one thread is called.
/// `files` become its standard input, output and error; `inherited` stays open under its number, -1 for none; nothing
/// else is left open. With `own_group` the signals of a terminal's keys pass it by. Returns 0, or the reason as errno.
int confab_start(const char *path, char *const arguments[], char *const environment[],
                 const int files[3], int inherited, int own_group, const sigset_t *mask,
                 pid_t *process);

/// Makes a pipe that no program inherits: `ends[1]` to be written, `ends[0]` to be read. Returns -1 on failure.
int confab_pipe(int ends[2]);

/// Opens a file that can be read, as poll(2) has it, once a child has ended, and that no program inherits. Returns -1 on
/// failure.
int confab_process_file(pid_t process);

/// Makes an empty file that lives in memory while it is open, and that no program inherits. Returns -1 on failure.
int confab_memory_file(const char *name);

/// Lets this process, until it runs another program, be neither dumped nor traced by its own user.
void confab_forbid_dumps(void);
