#pragma once

// libcurl, loaded with dlopen at the first use: linking it would cost the client's start (DESIGN 5). Call
// ccurl_load() once, before anything else here, and nothing else if it fails.

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>

/// Loads and initialises libcurl. NULL when it worked, else the reason in words.
const char *ccurl_load(void);

CURLM *ccurl_multi_new(void);
void ccurl_multi_free(CURLM *multi);
CURLMcode ccurl_multi_add(CURLM *multi, CURL *easy);
void ccurl_multi_remove(CURLM *multi, CURL *easy);
void ccurl_multi_perform(CURLM *multi);
/// Waits for curl's own sockets, for `sockets`, and for ccurl_multi_wakeup().
void ccurl_multi_poll(CURLM *multi, struct curl_waitfd *sockets, unsigned count, int milliseconds);
void ccurl_multi_wakeup(CURLM *multi);
/// The next transfer that ended; false when there is none.
bool ccurl_multi_next_ended(CURLM *multi, CURL **easy, CURLcode *result);

CURL *ccurl_easy_new(void);
void ccurl_easy_free(CURL *easy);
void ccurl_easy_reset(CURL *easy);
void ccurl_set_number(CURL *easy, CURLoption option, long value);
void ccurl_set_size(CURL *easy, CURLoption option, curl_off_t value);
/// curl copies the text.
void ccurl_set_text(CURL *easy, CURLoption option, const char *value);
/// curl keeps the pointer.
void ccurl_set_pointer(CURL *easy, CURLoption option, const void *value);
void ccurl_set_list(CURL *easy, CURLoption option, struct curl_slist *value);
/// curl copies the bytes.
void ccurl_set_blob(CURL *easy, CURLoption option, const void *bytes, size_t count);
void ccurl_set_callback(CURL *easy, CURLoption option,
                        size_t (*callback)(char *bytes, size_t size, size_t count, void *context));

long ccurl_status(CURL *easy);
/// CURL_SOCKET_BAD when there is none.
curl_socket_t ccurl_socket(CURL *easy);
/// Whether there was a connection, a kept one included.
bool ccurl_was_connected(CURL *easy);
CURLcode ccurl_receive(CURL *easy, void *buffer, size_t size, size_t *count);
CURLcode ccurl_send(CURL *easy, const void *bytes, size_t size, size_t *count);
const char *ccurl_error_text(CURLcode code);
/// The file of certificates that libcurl was built to trust; NULL when it has none.
const char *ccurl_system_authorities(void);

/// NULL when there is no memory; `list` stays as it was then.
struct curl_slist *ccurl_list_append(struct curl_slist *list, const char *text);
void ccurl_list_free(struct curl_slist *list);
