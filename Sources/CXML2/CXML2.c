#include "CXML2.h"

#include <dlfcn.h>
#include <libxml/HTMLparser.h>
#include <stddef.h>

// The functions of libxml2 that are used: name in the table, symbol.
#define FUNCTIONS(X)             \
  X(init, xmlInitParser)         \
  X(read, htmlReadMemory)        \
  X(root, xmlDocGetRootElement)  \
  X(free, xmlFreeDoc)

#define DECLARE(name, symbol) __typeof__(symbol) *name;
static struct {
  FUNCTIONS(DECLARE)
} xml;
#undef DECLARE

const char *cxml2_load(void) {
  void *library = dlopen("libxml2.so.2", RTLD_NOW | RTLD_LOCAL);
  if (!library) return dlerror();
#define LOAD(name, symbol)                        \
  *(void **)&xml.name = dlsym(library, #symbol);  \
  if (!xml.name) return "libxml2 lacks " #symbol;
  FUNCTIONS(LOAD)
#undef LOAD
  xml.init();
  return NULL;
}

cxml2_document *cxml2_parse(const char *bytes, int count) {
  return (cxml2_document *)xml.read(bytes, count, NULL, "UTF-8",
                                    HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                        HTML_PARSE_NONET | HTML_PARSE_NODEFDTD |
                                        HTML_PARSE_IGNORE_ENC);
}

void cxml2_free(cxml2_document *document) { xml.free((htmlDocPtr)document); }

static const xmlNode *node_of(const cxml2_node *node) { return (const xmlNode *)node; }
static const xmlAttr *attribute_of(const cxml2_attribute *attribute) {
  return (const xmlAttr *)attribute;
}

const cxml2_node *cxml2_root(const cxml2_document *document) {
  return (const cxml2_node *)xml.root((htmlDocPtr)document);
}

const cxml2_node *cxml2_child(const cxml2_node *node) {
  return (const cxml2_node *)node_of(node)->children;
}

const cxml2_node *cxml2_next(const cxml2_node *node) {
  return (const cxml2_node *)node_of(node)->next;
}

bool cxml2_is_element(const cxml2_node *node) { return node_of(node)->type == XML_ELEMENT_NODE; }
const char *cxml2_name(const cxml2_node *node) { return (const char *)node_of(node)->name; }

const char *cxml2_text(const cxml2_node *node) {
  return node_of(node)->type == XML_TEXT_NODE ? (const char *)node_of(node)->content : NULL;
}

const cxml2_attribute *cxml2_attributes(const cxml2_node *node) {
  return (const cxml2_attribute *)node_of(node)->properties;
}

const cxml2_attribute *cxml2_next_attribute(const cxml2_attribute *attribute) {
  return (const cxml2_attribute *)attribute_of(attribute)->next;
}

const char *cxml2_attribute_name(const cxml2_attribute *attribute) {
  return (const char *)attribute_of(attribute)->name;
}

const char *cxml2_attribute_value(const cxml2_attribute *attribute) {
  const xmlNode *value = attribute_of(attribute)->children;
  return value ? (const char *)value->content : NULL;
}
