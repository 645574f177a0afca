// The least that a server on libmicrohttpd can do: the same few words for every request. What our servers are held against.
//
//   hello      prints its port and serves until standard input ends
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct MHD_Response *answer;

static enum MHD_Result respond(void *context, struct MHD_Connection *connection, const char *url, const char *method,
                               const char *version, const char *body, size_t *size, void **state) {
  (void)context, (void)url, (void)method, (void)version, (void)body;
  // The first call comes before the body.
  if (!*state) {
    *state = connection;
    return MHD_YES;
  }
  if (*size) {
    *size = 0;
    return MHD_YES;
  }
  return MHD_queue_response(connection, MHD_HTTP_OK, answer);
}

int main(void) {
  static char words[] = "{\"hello\":\"there\"}";
  answer = MHD_create_response_from_buffer(strlen(words), words, MHD_RESPMEM_PERSISTENT);
  MHD_add_response_header(answer, "Content-Type", "application/json");
  struct sockaddr_in address = {AF_INET, 0, {htonl(INADDR_LOOPBACK)}, {0}};
  struct MHD_Daemon *daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, respond, NULL,
                                               MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_END);
  if (!daemon) return 69;
  printf("%d\n", MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
  fflush(stdout);
  char byte;
  while (read(0, &byte, 1) > 0) continue;
  MHD_stop_daemon(daemon);
  return 0;
}
