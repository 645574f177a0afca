#pragma once

// libpq, loaded with dlopen at the first use: only a trusted service whose store is a PostgreSQL needs it. Call
// cpostgres_load() once, before anything else here, and nothing else if it fails.

#include <postgresql/libpq-fe.h>
#include <stdbool.h>

/// Loads libpq. NULL when it worked, else the reason in words.
const char *cpostgres_load(void);

/// Reads a connection string; NULL when it is none. Free it with cpostgres_options_free().
PQconninfoOption *cpostgres_options(const char *text);
void cpostgres_options_free(PQconninfoOption *options);

/// Connects and waits for it; never NULL but for want of memory.
PGconn *cpostgres_connect(const char *const *keywords, const char *const *values);
void cpostgres_close(PGconn *connection);
bool cpostgres_is_open(PGconn *connection);
/// True when the server asked for a password and there was none.
bool cpostgres_needs_password(PGconn *connection);
const char *cpostgres_words(PGconn *connection);
/// What the server says of itself, server_encoding for one; NULL when it does not.
const char *cpostgres_parameter(PGconn *connection, const char *name);

/// Takes in what came unasked; false when the server has closed the connection.
bool cpostgres_is_alive(PGconn *connection);

/// What became of cpostgres_run().
enum cpostgres_outcome {
  /// There is a result; the caller clears it.
  cpostgres_answered = 0,
  /// The time ran out; the connection is of no use any more.
  cpostgres_timed_out = 1,
  /// The connection broke.
  cpostgres_broken = 2,
};

/// Runs one statement with texts for its $1, $2, …, and waits for its result, at most so long.
enum cpostgres_outcome cpostgres_run(PGconn *connection, const char *statement, int count,
                                     const char *const *values, int milliseconds,
                                     PGresult **result);

bool cpostgres_is_success(const PGresult *result);
/// The five characters of SQLSTATE, or NULL.
const char *cpostgres_state(const PGresult *result);
const char *cpostgres_message(const PGresult *result);
int cpostgres_rows(const PGresult *result);
int cpostgres_columns(const PGresult *result);
/// NULL for a null.
const char *cpostgres_value(const PGresult *result, int row, int column);
void cpostgres_clear(PGresult *result);
