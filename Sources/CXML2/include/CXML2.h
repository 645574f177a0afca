#pragma once

// libxml2's HTML parser, loaded with dlopen at the first use: only who meets an HTML message needs it, and it brings
// ICU. Call cxml2_load() once, before anything else here, and nothing else if it fails.

#include <stdbool.h>

/// A parsed document, and an element or text in it, which lives as long as the document.
typedef struct cxml2_document cxml2_document;
typedef struct cxml2_node cxml2_node;
/// An attribute of an element.
typedef struct cxml2_attribute cxml2_attribute;

/// Loads libxml2. NULL when it worked, else the reason in words.
const char *cxml2_load(void);

/// Parses UTF-8 without reading anything else, whatever it says; NULL when there is nothing at all in it.
cxml2_document *cxml2_parse(const char *bytes, int count);
void cxml2_free(cxml2_document *document);

const cxml2_node *cxml2_root(const cxml2_document *document);
const cxml2_node *cxml2_child(const cxml2_node *node);
const cxml2_node *cxml2_next(const cxml2_node *node);
bool cxml2_is_element(const cxml2_node *node);
/// The name of an element, in lower case.
const char *cxml2_name(const cxml2_node *node);
/// What a text says, without character references; NULL for what is no text, as comments and scripts.
const char *cxml2_text(const cxml2_node *node);

const cxml2_attribute *cxml2_attributes(const cxml2_node *node);
const cxml2_attribute *cxml2_next_attribute(const cxml2_attribute *attribute);
const char *cxml2_attribute_name(const cxml2_attribute *attribute);
/// NULL for an attribute without a value.
const char *cxml2_attribute_value(const cxml2_attribute *attribute);
