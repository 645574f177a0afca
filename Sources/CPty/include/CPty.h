#pragma once

// Running a program in a terminal of its own.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// Runs `arguments` (ended by NULL; the first is looked up in PATH) in a new pseudo-terminal and session.
/// Returns the process id and puts the other end of the terminal into `terminal`; -1 with errno on failure.
/// A program that cannot be run exits 127.
pid_t confab_pty_spawn(
  char *const *arguments, char *const *environment, unsigned short width, unsigned short height,
  int *terminal);

/// Sets the terminal's size; the program gets SIGWINCH.
bool confab_pty_resize(int terminal, unsigned short width, unsigned short height);

/// Waits up to `nanoseconds` for something to read; false when time is up.
bool confab_pty_readable(int terminal, int64_t nanoseconds);

/// What waitpid's status means: the exit code, or 128 and the signal's number.
int confab_pty_exit_code(int status);

/// Whether `wanted` stands somewhere in `bytes`.
bool confab_bytes_contain(const void *bytes, size_t count, const void *wanted, size_t wanted_count);
