#include "CPostgres.h"

#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <time.h>

// The functions of libpq that are used: name in the table, symbol.
#define FUNCTIONS(X)                               \
  X(conninfo_parse, PQconninfoParse)               \
  X(conninfo_free, PQconninfoFree)                 \
  X(freemem, PQfreemem)                            \
  X(connect, PQconnectdbParams)                    \
  X(finish, PQfinish)                              \
  X(status, PQstatus)                              \
  X(needs_password, PQconnectionNeedsPassword)     \
  X(error_message, PQerrorMessage)                 \
  X(parameter, PQparameterStatus)                  \
  X(socket, PQsocket)                              \
  X(consume, PQconsumeInput)                       \
  X(is_busy, PQisBusy)                             \
  X(send, PQsendQueryParams)                       \
  X(get_result, PQgetResult)                       \
  X(result_status, PQresultStatus)                 \
  X(error_field, PQresultErrorField)               \
  X(ntuples, PQntuples)                            \
  X(nfields, PQnfields)                            \
  X(is_null, PQgetisnull)                          \
  X(value, PQgetvalue)                             \
  X(clear, PQclear)                                \
  X(notice, PQsetNoticeProcessor)

#define DECLARE(name, symbol) __typeof__(symbol) *name;
static struct {
  FUNCTIONS(DECLARE)
} pq;
#undef DECLARE

const char *cpostgres_load(void) {
  void *library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
  if (!library) return dlerror();
#define LOAD(name, symbol)                        \
  *(void **)&pq.name = dlsym(library, #symbol);   \
  if (!pq.name) return "libpq is too old: it lacks " #symbol;
  FUNCTIONS(LOAD)
#undef LOAD
  return NULL;
}

PQconninfoOption *cpostgres_options(const char *text) {
  // The words of its errors are not asked for: they may quote a password.
  char *words = NULL;
  PQconninfoOption *options = pq.conninfo_parse(text, &words);
  if (words) pq.freemem(words);
  return options;
}

void cpostgres_options_free(PQconninfoOption *options) { pq.conninfo_free(options); }

// Notices would go to standard error, which belongs to the program's own log.
static void keep_quiet(void *context, const char *message) {
  (void)context;
  (void)message;
}

PGconn *cpostgres_connect(const char *const *keywords, const char *const *values) {
  PGconn *connection = pq.connect(keywords, values, 1);
  if (connection) pq.notice(connection, keep_quiet, NULL);
  return connection;
}

void cpostgres_close(PGconn *connection) { pq.finish(connection); }
bool cpostgres_is_open(PGconn *connection) { return pq.status(connection) == CONNECTION_OK; }
bool cpostgres_needs_password(PGconn *connection) { return pq.needs_password(connection); }
const char *cpostgres_words(PGconn *connection) { return pq.error_message(connection); }

const char *cpostgres_parameter(PGconn *connection, const char *name) {
  return pq.parameter(connection, name);
}

bool cpostgres_is_alive(PGconn *connection) {
  return pq.status(connection) == CONNECTION_OK && pq.consume(connection) &&
         pq.status(connection) == CONNECTION_OK;
}

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

enum cpostgres_outcome cpostgres_run(PGconn *connection, const char *statement, int count,
                                     const char *const *values, int milliseconds,
                                     PGresult **result) {
  *result = NULL;
  if (!pq.send(connection, statement, count, NULL, values, NULL, NULL, 0)) return cpostgres_broken;
  long long deadline = now() + milliseconds;
  for (;;) {
    while (pq.is_busy(connection)) {
      long long left = deadline - now();
      struct pollfd waited = {.fd = pq.socket(connection), .events = POLLIN};
      int ready = left > 0 ? poll(&waited, 1, (int)left) : 0;
      if (ready < 0 && errno == EINTR) continue;
      if (ready == 0) {
        pq.clear(*result);
        *result = NULL;
        return cpostgres_timed_out;
      }
      if (ready < 0 || !pq.consume(connection)) break;
    }
    PGresult *next = pq.get_result(connection);
    if (!next) break;
    pq.clear(*result);
    *result = next;
  }
  // Of a broken connection a result tells, which libpq makes up.
  if (*result && pq.status(connection) == CONNECTION_OK) return cpostgres_answered;
  pq.clear(*result);
  *result = NULL;
  return cpostgres_broken;
}

bool cpostgres_is_success(const PGresult *result) {
  ExecStatusType status = pq.result_status(result);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

const char *cpostgres_state(const PGresult *result) {
  return pq.error_field(result, PG_DIAG_SQLSTATE);
}

const char *cpostgres_message(const PGresult *result) {
  const char *words = pq.error_field(result, PG_DIAG_MESSAGE_PRIMARY);
  return words ? words : "";
}

int cpostgres_rows(const PGresult *result) { return pq.ntuples(result); }
int cpostgres_columns(const PGresult *result) { return pq.nfields(result); }

const char *cpostgres_value(const PGresult *result, int row, int column) {
  return pq.is_null(result, row, column) ? NULL : pq.value(result, row, column);
}

void cpostgres_clear(PGresult *result) { pq.clear(result); }
