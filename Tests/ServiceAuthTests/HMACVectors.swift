import Testing

// Written by vectors.py; do not edit.

/// A signed request, worked out by another implementation than ours.
struct HMACVector: Sendable, CustomTestStringConvertible {
  let name, key, method, target, host, date, body, contentHash, signature: String

  var testDescription: String { name }

  static let all = [
    HMACVector(
      name: "an empty body",
      key: "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4v",
      method: "POST",
      target: "/identities?api-version=2023-10-01",
      host: "127.0.0.1:7751",
      date: "Sat, 21 Nov 2026 02:29:57 GMT",
      body: "",
      contentHash: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
      signature: "HVOS0UUTYtdWUW2D4nL/kCuqbaESAFvSKD9gZT5PALw="),
    HMACVector(
      name: "a JSON body",
      key: "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4v",
      method: "POST",
      target: "/identities?api-version=2023-10-01",
      host: "contoso.communication.azure.com",
      date: "Sat, 21 Nov 2026 02:29:57 GMT",
      body: "{\"createTokenWithScopes\":[\"chat\"]}",
      contentHash: "WTRvgEjjVd+bvyKw3WgXgDkU81aV8FWq+4/BE+he0+A=",
      signature: "a7QvraoAf0T+CghvOdaMVbI3EtPShJdBD3YDWPaBTj8="),
    HMACVector(
      name: "a percent-encoded path",
      key: "//////////////////////////////////////////8=",
      method: "DELETE",
      target: "/identities/8%3Aacs%3A1_2?api-version=2023-10-01",
      host: "localhost:7751",
      date: "Sun, 01 Jan 2023 00:00:00 GMT",
      body: "",
      contentHash: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
      signature: "fLMDqzKtRlUKZFbsZ/v54x8fnbhA9RMO+19uqAkW6pU="),
    HMACVector(
      name: "a body that is not ASCII",
      key: "aw==",
      method: "PATCH",
      target: "/chat/threads/19%3Ax%40thread.v2?api-version=2024-03-07",
      host: "[::1]:7751",
      date: "Thu, 29 Feb 2024 23:59:59 GMT",
      body: "{\"topic\":\"Smörgåsbord 🐟\"}",
      contentHash: "n6VXC7lU+EFn+8hyRiX0mbCkT38CICisnZNmpfk8ImQ=",
      signature: "JGEAmjHkABcnQRC01MFBc/JlUXgG+EzZAfzDMtLB2Bc="),
  ]
}
