"""Microsoft's descriptions of ACS (swagger 2.0), put together so that one file stands alone."""

import json

from servers import ROOT

FOLDER = ROOT.parent / "shared" / "acs" / "swagger"

ERROR = {"$ref": "#/definitions/CommunicationErrorResponse"}
# What Chat sends, recorded; the swagger describes another envelope, and neither 400 nor 404.
CHAT_ERROR = {
    "type": "object", "required": ["CommunicationError"], "additionalProperties": False,
    "properties": {"CommunicationError": {
        "type": "object", "required": ["Code", "Details"], "additionalProperties": False,
        "properties": {"Code": {"type": "string"}, "Message": {"type": "string"},
                       "Target": {"type": "string"}, "Details": {"type": "array"}}}}}
# How SMS refuses a body, recorded: the texts by member. What the gateway before it refuses has the usual envelope.
MODEL_STATE = {"anyOf": [ERROR, {
    "type": "object", "minProperties": 1,
    "additionalProperties": {"type": "array", "minItems": 1, "items": {"type": "string"}}}]}


def load(service, version, recorded=None):
    """The description of a service.

    `recorded` adds, by status, the schema of answers that the service was seen to give and the description lacks.
    """
    path, = (FOLDER / service / version).glob("*.json")
    swagger = json.loads(path.read_text())
    definitions = swagger["definitions"]
    _resolve(swagger, definitions)
    for operations in swagger["paths"].values():
        for operation in operations.values():
            operation.pop("x-ms-examples", None)  # the files are not there
            for status, schema in (recorded or {}).items():
                operation["responses"][str(status)] = {"description": "recorded", "schema": schema}
    return swagger


def _resolve(node, definitions):
    """Makes references to the common file ones to this file, which takes over what they mean."""
    if isinstance(node, list):
        for item in node:
            _resolve(item, definitions)
    elif isinstance(node, dict):
        for item in list(node.values()):
            _resolve(item, definitions)
        if "/Common/stable/" in str(node.get("$ref")):
            file, _, name = node["$ref"].partition("#/definitions/")
            version = file.split("/")[-2]
            node["$ref"] = f"#/definitions/{name}"
            _take_over(name, version, definitions)


def _take_over(name, version, definitions):
    """Copies a definition of the common file and those that it refers to."""
    known = definitions.get(name)
    # Some files give the common definition their own name, by a reference that now leads to itself.
    if known is not None and known != {"$ref": f"#/definitions/{name}"} and "$ref" not in known:
        return
    common = json.loads((FOLDER / "Common" / version / "common.json").read_text())["definitions"]
    definitions[name] = common[name]
    for other in _local_references(common[name]):
        _take_over(other, version, definitions)


def _local_references(node):
    """The names of the definitions to which something refers."""
    if isinstance(node, dict):
        if str(node.get("$ref", "")).startswith("#/definitions/"):
            yield node["$ref"].removeprefix("#/definitions/")
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from _local_references(item)
