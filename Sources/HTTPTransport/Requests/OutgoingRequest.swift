import ACSTypes
import Services

/// A request that may be sent: everything that libcurl would take amiss, or a person regret, is ruled out.
struct OutgoingRequest: Sendable {
  private(set) var request: HTTPRequest
  let origin: Origin
  /// How long it may take in all, for messages; `request.timeout` is what is left of it.
  let timeAllowed: Duration
  /// Takes the body of a successful answer; `nil` when the answer brings it.
  var sink: BodySink?

  /// Checks `request`.
  init(_ request: HTTPRequest) throws(TransportError) {
    self.request = request
    timeAllowed = request.timeout
    origin = try Origin(request.origin)
    guard isToken(request.method) else {
      throw TransportError(.badURL, "\(request.method.debugDescription) is not an HTTP method.")
    }
    let isPath = request.target.utf8.first == UInt8(ascii: "/") || request.target == "*"
    guard isPath, request.target.utf8.allSatisfy({ $0 > 32 && $0 != 127 }) else {
      throw TransportError(
        .badURL,
        "The path \(String(request.path).debugDescription) cannot be requested: it must begin with "
          + "/ and have its blanks and control characters percent-encoded.")
    }
    for field in request.headers.fields {
      guard isToken(field.name), field.value.utf8.allSatisfy({ $0 >= 32 || $0 == 9 }) else {
        throw TransportError(
          .badURL,
          "The header field \(field.name.debugDescription) cannot be sent: it has a line break or "
            + "another character that is not allowed.")
      }
      guard origin.protectsSecrets || !carriesSecret(field.name) else {
        throw TransportError(
          .badURL,
          "\(origin.text) would get the \(field.name) header in clear text, for everybody on the "
            + "way to read. Use https:// for every machine but this one.")
      }
    }
  }

  /// The same with what is left of its time; `nil` when that is nothing.
  func after(_ wait: Duration) -> OutgoingRequest? {
    guard wait < request.timeout else { return nil }
    var rest = self
    rest.request.timeout -= wait
    return rest
  }

  /// Method and URL for messages; without the query, which may hold secrets.
  var name: String { "\(request.method) \(origin.text)\(request.path)" }
}

/// Whether a header field of this name can open a door: `Authorization`, `X-Skypetoken` and the like.
private func carriesSecret(_ name: String) -> Bool {
  let name = name.lowercased()
  return name.contains("authorization") || name.contains("token") || name == "cookie"
}

/// Whether `text` is a token of RFC 9110, 5.6.2.
private func isToken(_ text: String) -> Bool {
  !text.isEmpty
    && text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"):
        true
      default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
      }
    }
}
