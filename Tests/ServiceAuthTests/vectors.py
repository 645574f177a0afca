#!/usr/bin/env python3
"""Works out the HMAC vectors of HMACVectors.swift with Python's own hashlib and hmac.

  vectors.py           writes HMACVectors.swift
  vectors.py --check   fails when HMACVectors.swift is not what would be written
"""
import base64
import hashlib
import hmac
import pathlib
import sys

CASES = [
    # name, key bytes, method, target, host, date, body
    ("an empty body", bytes(range(48)), "POST",
     "/identities?api-version=2023-10-01", "127.0.0.1:7751",
     "Sat, 21 Nov 2026 02:29:57 GMT", b""),
    ("a JSON body", bytes(range(48)), "POST",
     "/identities?api-version=2023-10-01", "contoso.communication.azure.com",
     "Sat, 21 Nov 2026 02:29:57 GMT", b'{"createTokenWithScopes":["chat"]}'),
    ("a percent-encoded path", b"\xff" * 32, "DELETE",
     "/identities/8%3Aacs%3A1_2?api-version=2023-10-01", "localhost:7751",
     "Sun, 01 Jan 2023 00:00:00 GMT", b""),
    ("a body that is not ASCII", b"k", "PATCH",
     "/chat/threads/19%3Ax%40thread.v2?api-version=2024-03-07", "[::1]:7751",
     "Thu, 29 Feb 2024 23:59:59 GMT", "{\"topic\":\"Sm\u00f6rg\u00e5sbord \U0001f41f\"}".encode()),
]
FILE = pathlib.Path(__file__).with_name("HMACVectors.swift")


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def rows():
    for name, key, method, target, host, date, body in CASES:
        content_hash = base64.b64encode(hashlib.sha256(body).digest()).decode()
        text = f"{method}\n{target}\n{date};{host};{content_hash}"
        signature = base64.b64encode(
            hmac.new(key, text.encode(), hashlib.sha256).digest()).decode()
        values = [("name", name), ("key", base64.b64encode(key).decode()), ("method", method),
                  ("target", target), ("host", host), ("date", date), ("body", body.decode()),
                  ("contentHash", content_hash), ("signature", signature)]
        lines = ",\n".join(f"      {label}: {quoted(value)}" for label, value in values)
        yield f"    HMACVector(\n{lines}),\n"


def swift():
    return f"""// Written by vectors.py; do not edit.

/// A signed request, worked out by another implementation than ours.
struct HMACVector: Sendable, CustomTestStringConvertible {{
  let name, key, method, target, host, date, body, contentHash, signature: String

  var testDescription: String {{ name }}

  static let all = [
{"".join(rows())}  ]
}}
"""


def main():
    text = swift().replace("// Written", "import Testing\n\n// Written", 1)
    if sys.argv[1:] == ["--check"]:
        if not FILE.exists() or FILE.read_text() != text:
            sys.exit(f"{FILE.name} is not what vectors.py writes; run vectors.py.")
    elif not sys.argv[1:]:
        FILE.write_text(text)
    else:
        sys.exit(__doc__)


main()
