// Sends requests over many keep-alive connections for some seconds and tells rate and times, as one line of JSON.
//
//   load PORT CONNECTIONS SECONDS FILE      FILE holds whole HTTP/1.1 requests, one after the other
//
// Each connection sends its next request when the answer to the last one is whole, and takes every CONNECTIONS-th of
// the file, so that no two send the same one at the same time. Answers need a Content-Length, or 204.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

enum { STATUSES = 600, BUFFER = 1 << 16, MOST_SAMPLES = 1 << 23 };

struct request {
  const char *bytes;
  size_t count;
};

struct connection {
  int file;
  size_t next, sent, received;
  int64_t began;
  // How long the answer is with its head; 0 while that is not known.
  size_t whole;
  char buffer[BUFFER];
};

static struct request *requests;
static size_t request_count, connection_count, sample_count, failures;
static uint64_t statuses[STATUSES];
static uint32_t *samples;

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void fail(const char *what) {
  perror(what);
  exit(69);
}

/// The value of Content-Length among the head's lines; -1 when there is none.
static long content_length(const char *head, size_t count) {
  for (const char *line = head; line < head + count;) {
    const char *end = memchr(line, '\n', (size_t)(head + count - line));
    if (!end) break;
    if (!strncasecmp(line, "content-length:", 15)) return strtol(line + 15, NULL, 10);
    line = end + 1;
  }
  return -1;
}

static void read_requests(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) fail(path);
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  char *text = malloc((size_t)size + 1);
  if (fread(text, 1, (size_t)size, file) != (size_t)size) fail(path);
  fclose(file);
  text[size] = 0;
  for (char *place = text; place < text + size;) {
    char *end = strstr(place, "\r\n\r\n");
    if (!end) break;
    size_t head = (size_t)(end + 4 - place);
    long body = content_length(place, head);
    size_t count = head + (body > 0 ? (size_t)body : 0);
    requests = realloc(requests, (request_count + 1) * sizeof *requests);
    requests[request_count++] = (struct request){place, count};
    place += count;
  }
  if (!request_count) {
    fprintf(stderr, "%s holds no request\n", path);
    exit(65);
  }
}

static void open_connection(struct connection *connection, int port) {
  struct sockaddr_in address = {AF_INET, htons((uint16_t)port), {htonl(INADDR_LOOPBACK)}, {0}};
  connection->file = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int on = 1;
  setsockopt(connection->file, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (connect(connection->file, (struct sockaddr *)&address, sizeof address)) fail("connect");
  fcntl(connection->file, F_SETFL, O_NONBLOCK);
}

static void begin(struct connection *connection) {
  connection->sent = connection->received = connection->whole = 0;
  connection->began = now();
}

/// False when the socket takes no more now.
static int send_some(struct connection *connection) {
  struct request *request = &requests[connection->next];
  while (connection->sent < request->count) {
    ssize_t count = send(connection->file, request->bytes + connection->sent,
                         request->count - connection->sent, MSG_NOSIGNAL);
    if (count < 0 && errno == EAGAIN) return 0;
    if (count <= 0) fail("send");
    connection->sent += (size_t)count;
  }
  return 1;
}

/// True when the answer is whole.
static int receive_some(struct connection *connection) {
  for (;;) {
    size_t room = BUFFER - connection->received;
    // Of a long answer only the count is kept.
    char *place = connection->buffer + connection->received;
    if (connection->whole) place = connection->buffer, room = BUFFER;
    ssize_t count = recv(connection->file, place, room, 0);
    if (count < 0 && errno == EAGAIN) return 0;
    if (count <= 0) {
      fprintf(stderr, "the server closed a connection\n");
      exit(69);
    }
    connection->received += (size_t)count;
    if (!connection->whole) {
      char *end = memmem(connection->buffer, connection->received, "\r\n\r\n", 4);
      if (!end) continue;
      size_t head = (size_t)(end + 4 - connection->buffer);
      long status = strtol(connection->buffer + 9, NULL, 10);
      if (status < 0 || status >= STATUSES) status = 0;
      statuses[status]++;
      if (status < 200 || status > 299) failures++;
      long body = content_length(connection->buffer, head);
      connection->whole = head + (body > 0 ? (size_t)body : 0);
    }
    if (connection->received >= connection->whole) return 1;
  }
}

static int ascending(const void *left, const void *right) {
  uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
  return (a > b) - (a < b);
}

int main(int count, char **words) {
  if (count != 5) {
    fprintf(stderr, "usage: load PORT CONNECTIONS SECONDS FILE\n");
    return 64;
  }
  int port = atoi(words[1]);
  connection_count = (size_t)atoi(words[2]);
  double seconds = atof(words[3]);
  read_requests(words[4]);
  samples = malloc(MOST_SAMPLES * sizeof *samples);
  struct connection *connections = calloc(connection_count, sizeof *connections);
  int poll = epoll_create1(EPOLL_CLOEXEC);
  for (size_t i = 0; i < connection_count; i++) {
    connections[i].next = i % request_count;
    open_connection(&connections[i], port);
    struct epoll_event event = {EPOLLIN | EPOLLOUT | EPOLLET, {.ptr = &connections[i]}};
    epoll_ctl(poll, EPOLL_CTL_ADD, connections[i].file, &event);
    begin(&connections[i]);
    send_some(&connections[i]);
  }
  // A tenth of the time warms up and does not count.
  int64_t start = now(), counted = start + (int64_t)(seconds * 1e8), end = start + (int64_t)(seconds * 1e9);
  int is_warm = 0;
  while (now() < end) {
    struct epoll_event events[64];
    int ready = epoll_wait(poll, events, 64, 100);
    for (int i = 0; i < ready; i++) {
      struct connection *connection = events[i].data.ptr;
      for (;;) {
        if (!send_some(connection) || !receive_some(connection)) break;
        int64_t time = now();
        if (!is_warm && time >= counted) {
          is_warm = 1;
          sample_count = failures = 0;
          memset(statuses, 0, sizeof statuses);
          start = time;
        }
        if (sample_count < MOST_SAMPLES) samples[sample_count++] = (uint32_t)((time - connection->began) / 100);
        connection->next = (connection->next + connection_count) % request_count;
        begin(connection);
      }
    }
  }
  double took = (double)(now() - start) / 1e9;
  qsort(samples, sample_count, sizeof *samples, ascending);
  printf("{\"perSecond\":%.0f,\"requests\":%zu,\"failures\":%zu,\"median\":%.4f,\"p99\":%.4f,\"statuses\":{",
         (double)sample_count / took, sample_count, failures,
         sample_count ? samples[sample_count / 2] / 1e4 : 0,
         sample_count ? samples[sample_count * 99 / 100] / 1e4 : 0);
  const char *comma = "";
  for (int status = 0; status < STATUSES; status++)
    if (statuses[status]) {
      printf("%s\"%d\":%llu", comma, status, (unsigned long long)statuses[status]);
      comma = ",";
    }
  printf("}}\n");
  return 0;
}
