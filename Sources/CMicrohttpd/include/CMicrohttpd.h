#pragma once

#include <microhttpd.h>
#include <arpa/inet.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/types.h>

// Not in Swift's own module of the C library.
#include <sys/epoll.h>
#include <sys/eventfd.h>

/// What a daemon needs; microhttpd itself takes it as variadic options.
struct cmicrohttpd_settings {
  /// A listening socket; the daemon closes it.
  int listen_socket;
  /// PEM, or NULL for clear text.
  const char *certificate_chain;
  const char *private_key;
  unsigned connection_limit;
  /// Threads that serve, each with connections of its own.
  unsigned threads;
  /// Seconds without a byte.
  unsigned idle_timeout;
  /// Bytes of memory of a connection: request line and header fields must fit.
  size_t memory_limit;
  /// Passed to the callbacks.
  void *context;
  /// Sees the raw request target; its result is the request's own context.
  void *(*begin)(void *context, const char *target, struct MHD_Connection *connection);
  MHD_AccessHandlerCallback handle;
  MHD_RequestCompletedCallback completed;
  /// Told of each connection's opening, and before it is closed.
  MHD_NotifyConnectionCallback connected;
};

static size_t cmicrohttpd_keep_escapes(void *context, struct MHD_Connection *connection,
                                       char *text) {
  (void)context;
  (void)connection;
  size_t length = 0;
  while (text[length]) length++;
  return length;
}

/// Starts a daemon with threads of its own.
static inline struct MHD_Daemon *cmicrohttpd_start(const struct cmicrohttpd_settings *settings) {
  unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_UPGRADE | MHD_ALLOW_SUSPEND_RESUME;
  struct MHD_OptionItem more[4] = {{MHD_OPTION_END, 0, NULL}};
  size_t count = 0;
  if (settings->certificate_chain) {
    flags |= MHD_USE_TLS;
    more[count++] = (struct MHD_OptionItem){
        MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)settings->certificate_chain};
    more[count++] = (struct MHD_OptionItem){
        MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)settings->private_key};
  }
  // A pool of one would be a second thread that only waits.
  if (settings->threads > 1)
    more[count++] =
        (struct MHD_OptionItem){MHD_OPTION_THREAD_POOL_SIZE, (intptr_t)settings->threads, NULL};
  more[count] = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};
  return MHD_start_daemon(
      flags, 0, NULL, NULL, settings->handle, settings->context, MHD_OPTION_LISTEN_SOCKET,
      settings->listen_socket, MHD_OPTION_URI_LOG_CALLBACK, settings->begin, settings->context,
      MHD_OPTION_UNESCAPE_CALLBACK, cmicrohttpd_keep_escapes, NULL, MHD_OPTION_NOTIFY_COMPLETED,
      settings->completed, settings->context, MHD_OPTION_NOTIFY_CONNECTION, settings->connected,
      settings->context, MHD_OPTION_STRICT_FOR_CLIENT, 1,
      MHD_OPTION_CONNECTION_LIMIT,
      settings->connection_limit, MHD_OPTION_CONNECTION_TIMEOUT, settings->idle_timeout,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, settings->memory_limit, MHD_OPTION_ARRAY, more,
      MHD_OPTION_END);
}

/// Closes an upgraded connection.
static inline void cmicrohttpd_close_upgraded(struct MHD_UpgradeResponseHandle *handle) {
  MHD_upgrade_action(handle, MHD_UPGRADE_ACTION_CLOSE);
}

/// The connection's own descriptor, under TLS too; -1 when there is none.
static inline int cmicrohttpd_descriptor(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info ? info->connect_fd : -1;
}

/// Resets the connection at once; microhttpd, told to drop it, then finds it gone.
static inline void cmicrohttpd_reset(struct MHD_Connection *connection) {
  struct sockaddr none = {.sa_family = AF_UNSPEC};
  int descriptor = cmicrohttpd_descriptor(connection);
  // On Linux that is how a TCP connection forgets its peer: it tells it by RST.
  if (descriptor >= 0) (void)connect(descriptor, &none, sizeof none);
}

/// What a body's callback returns to break the connection.
static const ssize_t cmicrohttpd_end_with_error = MHD_CONTENT_READER_END_WITH_ERROR;

/// Writes the numeric address at the other end of the connection, an empty text when there is none.
static inline void cmicrohttpd_peer(struct MHD_Connection *connection, char *text, size_t size) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  const struct sockaddr *address = info ? info->client_addr : NULL;
  text[0] = 0;
  if (!address) return;
  const void *number = address->sa_family == AF_INET6
                           ? (const void *)&((const struct sockaddr_in6 *)address)->sin6_addr
                           : (const void *)&((const struct sockaddr_in *)address)->sin_addr;
  if (!inet_ntop(address->sa_family, number, text, (socklen_t)size)) text[0] = 0;
}

/// True when a request ended with its answer.
static inline bool cmicrohttpd_is_answered(enum MHD_RequestTerminationCode code) {
  return code == MHD_REQUEST_TERMINATED_COMPLETED_OK;
}

/// True when a connection was opened, false when it is about to be closed.
static inline bool cmicrohttpd_is_opened(enum MHD_ConnectionNotificationCode code) {
  return code == MHD_CONNECTION_NOTIFY_STARTED;
}
