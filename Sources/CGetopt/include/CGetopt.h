#pragma once

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

/// Makes the next scan begin anew and silences glibc's own messages.
static inline void confab_getopt_begin(void) {
  optind = 0;
  opterr = 0;
}

/// The place in the vector that the scan has reached.
static inline int confab_getopt_place(void) { return optind; }

/// The option that the last result was about, where it was an error.
static inline int confab_getopt_culprit(void) { return optopt; }

/// The last result's value, or null.
static inline const char *confab_getopt_value(void) { return optarg; }
