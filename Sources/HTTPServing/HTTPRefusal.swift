import ACSTypes

/// Why the server answers a request by itself with an error, whatever its handler would say.
public struct HTTPRefusal: Hashable, Sendable {
  /// The answer's status.
  public var status: Int
  /// What is wrong, as one word for programs.
  public var code: String
  /// What is wrong and what to do, for people.
  public var message: String
  /// Fields that the answer has besides, which the server adds itself.
  var headers: HTTPHeaders = [:]
}

extension HTTPRefusal {
  /// The envelope that Azure's services use.
  static func answer(_ refusal: HTTPRefusal, _: HTTPRequest) -> HTTPResponse {
    let (code, message) = (refusal.code, refusal.message)
    return HTTPResponse(
      status: refusal.status, headers: ["Content-Type": "application/json"],
      body: Array(#"{"error":{"code":"\#(code)","message":"\#(message)"}}"#.utf8))
  }

  static func badRequest(_ message: String) -> HTTPRefusal {
    HTTPRefusal(status: 400, code: "BadRequest", message: message)
  }

  static func tooLarge(limit: Int) -> HTTPRefusal {
    HTTPRefusal(
      status: 413, code: "RequestBodyTooLarge",
      message: "The request body is larger than the \(limit) bytes that are allowed.")
  }

  static func upgradeRequired(_ message: String, _ headers: HTTPHeaders) -> HTTPRefusal {
    HTTPRefusal(status: 426, code: "UpgradeRequired", message: message, headers: headers)
  }

  /// What a request gets that the stopping server cannot finish.
  static let stopping = HTTPRefusal(
    status: 503, code: "ServerStopping", message: "The server is stopping.",
    headers: ["Retry-After": "1"])

  /// Why nobody can tell for sure where a request's body ends (RFC 9112, 6.3); `nil` when all can.
  ///
  /// Whoever stands in between may tell otherwise, and take the rest for a request of its own.
  static func ambiguousBody(_ headers: HTTPHeaders) -> HTTPRefusal? {
    func values(_ name: String) -> [String] {
      headers.fields.filter { $0.name.lowercased() == name }.map(\.value)
    }
    let (lengths, codings) = (values("content-length"), values("transfer-encoding"))
    if let length = lengths.first {
      guard lengths.count == 1, codings.isEmpty else {
        return .badRequest("Send one Content-Length, or Transfer-Encoding, and not more of them.")
      }
      guard !length.isEmpty, length.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else {
        return .badRequest("Content-Length must be a whole number.")
      }
    }
    guard codings.isEmpty || codings.map({ $0.lowercased() }) == ["chunked"] else {
      return .badRequest("Of transfer codings, chunked alone is understood.")
    }
    return nil
  }
}
