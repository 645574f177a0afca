#include "CCurl.h"

#include <dlfcn.h>

// The functions of libcurl that are used: name in the table, symbol.
#define FUNCTIONS(X)                        \
  X(global_init, curl_global_init)          \
  X(version_info, curl_version_info)        \
  X(multi_init, curl_multi_init)            \
  X(multi_cleanup, curl_multi_cleanup)      \
  X(multi_add, curl_multi_add_handle)       \
  X(multi_remove, curl_multi_remove_handle) \
  X(multi_perform, curl_multi_perform)      \
  X(multi_poll, curl_multi_poll)            \
  X(multi_wakeup, curl_multi_wakeup)        \
  X(multi_info_read, curl_multi_info_read)  \
  X(easy_init, curl_easy_init)              \
  X(easy_cleanup, curl_easy_cleanup)        \
  X(easy_reset, curl_easy_reset)            \
  X(easy_setopt, curl_easy_setopt)          \
  X(easy_getinfo, curl_easy_getinfo)        \
  X(easy_recv, curl_easy_recv)              \
  X(easy_send, curl_easy_send)              \
  X(easy_strerror, curl_easy_strerror)      \
  X(slist_append, curl_slist_append)        \
  X(slist_free_all, curl_slist_free_all)

#define DECLARE(name, symbol) __typeof__(symbol) *name;
static struct {
  FUNCTIONS(DECLARE)
} curl;
#undef DECLARE

const char *ccurl_load(void) {
  void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (!library) return dlerror();
#define LOAD(name, symbol)                                      \
  *(void **)&curl.name = dlsym(library, #symbol);               \
  if (!curl.name) return "libcurl is too old: it lacks " #symbol;
  FUNCTIONS(LOAD)
#undef LOAD
  return curl.global_init(CURL_GLOBAL_DEFAULT) ? "libcurl did not initialise" : NULL;
}

CURLM *ccurl_multi_new(void) { return curl.multi_init(); }
void ccurl_multi_free(CURLM *multi) { curl.multi_cleanup(multi); }
CURLMcode ccurl_multi_add(CURLM *multi, CURL *easy) { return curl.multi_add(multi, easy); }
void ccurl_multi_remove(CURLM *multi, CURL *easy) { curl.multi_remove(multi, easy); }

void ccurl_multi_perform(CURLM *multi) {
  int running;
  curl.multi_perform(multi, &running);
}

void ccurl_multi_poll(CURLM *multi, struct curl_waitfd *sockets, unsigned count,
                      int milliseconds) {
  curl.multi_poll(multi, sockets, count, milliseconds, NULL);
}

void ccurl_multi_wakeup(CURLM *multi) { curl.multi_wakeup(multi); }

bool ccurl_multi_next_ended(CURLM *multi, CURL **easy, CURLcode *result) {
  int left;
  CURLMsg *message;
  while ((message = curl.multi_info_read(multi, &left))) {
    if (message->msg != CURLMSG_DONE) continue;
    *easy = message->easy_handle;
    *result = message->data.result;
    return true;
  }
  return false;
}

CURL *ccurl_easy_new(void) { return curl.easy_init(); }
void ccurl_easy_free(CURL *easy) { curl.easy_cleanup(easy); }
void ccurl_easy_reset(CURL *easy) { curl.easy_reset(easy); }

void ccurl_set_number(CURL *easy, CURLoption option, long value) {
  curl.easy_setopt(easy, option, value);
}

void ccurl_set_size(CURL *easy, CURLoption option, curl_off_t value) {
  curl.easy_setopt(easy, option, value);
}

void ccurl_set_text(CURL *easy, CURLoption option, const char *value) {
  curl.easy_setopt(easy, option, value);
}

void ccurl_set_pointer(CURL *easy, CURLoption option, const void *value) {
  curl.easy_setopt(easy, option, value);
}

void ccurl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
  curl.easy_setopt(easy, option, value);
}

void ccurl_set_blob(CURL *easy, CURLoption option, const void *bytes, size_t count) {
  struct curl_blob blob = {(void *)bytes, count, CURL_BLOB_COPY};
  curl.easy_setopt(easy, option, &blob);
}

void ccurl_set_callback(CURL *easy, CURLoption option,
                        size_t (*callback)(char *, size_t, size_t, void *)) {
  curl.easy_setopt(easy, option, callback);
}

long ccurl_status(CURL *easy) {
  long status = 0;
  curl.easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  return status;
}

curl_socket_t ccurl_socket(CURL *easy) {
  curl_socket_t socket = CURL_SOCKET_BAD;
  curl.easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &socket);
  return socket;
}

bool ccurl_was_connected(CURL *easy) {
  curl_off_t connected = 0, prepared = 0;
  curl.easy_getinfo(easy, CURLINFO_CONNECT_TIME_T, &connected);
  // A connection that was kept took no time to come about.
  curl.easy_getinfo(easy, CURLINFO_PRETRANSFER_TIME_T, &prepared);
  return connected > 0 || prepared > 0;
}

CURLcode ccurl_receive(CURL *easy, void *buffer, size_t size, size_t *count) {
  *count = 0;
  return curl.easy_recv(easy, buffer, size, count);
}

CURLcode ccurl_send(CURL *easy, const void *bytes, size_t size, size_t *count) {
  *count = 0;
  return curl.easy_send(easy, bytes, size, count);
}

const char *ccurl_error_text(CURLcode code) { return curl.easy_strerror(code); }

const char *ccurl_system_authorities(void) {
  const curl_version_info_data *info = curl.version_info(CURLVERSION_NOW);
  return info->age >= CURLVERSION_SEVENTH ? info->cainfo : NULL;
}

struct curl_slist *ccurl_list_append(struct curl_slist *list, const char *text) {
  struct curl_slist *longer = curl.slist_append(list, text);
  return longer ? longer : list;
}

void ccurl_list_free(struct curl_slist *list) { curl.slist_free_all(list); }
