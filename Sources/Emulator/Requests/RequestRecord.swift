public import ACSTypes
import ACSWire

/// What is told of one request: who asked for what, and what came of it; never a secret.
public struct RequestRecord: Sendable {
  /// When it was answered, by the clock outside.
  public let time: Timestamp
  /// The status of the answer.
  public let status: Int
  /// How long it took.
  public let took: Duration
  /// Bytes of the request's body and of the answer's.
  public let bytes: (received: Int, sent: Int)
  /// Who asked: an identity, `access key` or `Entra token`; `nil` when nobody proved to be anybody.
  public let caller: String?
  // As they came. Most records are never told, so what may be a secret is taken out when one is.
  private let rawMethod: String
  private let rawPath: Substring
  private let rawQuery: Substring
  private let rawID: String?
  private let rawWhy: String?

  /// What is told of an exchange.
  public init(
    _ request: HTTPRequest, _ response: HTTPResponse, caller: String?, time: Timestamp,
    took: Duration
  ) {
    self.time = time
    status = response.status
    self.took = took
    bytes = (request.body.count, response.body.count)
    self.caller = caller
    rawMethod = request.method
    rawPath = request.path
    rawQuery = request.query
    rawID = request.headers["x-ms-client-request-id"] ?? request.headers["Repeatability-Request-ID"]
    rawWhy = response.headers["X-Confab-Why"]
  }

  /// How it arrived.
  public var method: String { ToldText.method(rawMethod) }
  /// The path, less what may be a secret.
  public var path: String { ToldText.path(rawPath) }
  /// The query, less what may be a secret; empty without one.
  public var query: String { ToldText.query(rawQuery) }
  /// The caller's name for the request.
  public var requestID: String? { rawID.map(ToldText.requestID) }
  /// What is wrong, of an error.
  public var why: String? { rawWhy.map(ToldText.words) }

  /// One line of JSON.
  public var line: String { json.text }

  /// The same as a line for people.
  public var text: String {
    let (path, query) = (path, query)
    let target = query.isEmpty ? path : "\(path)?\(query)"
    return "\(time.iso8601WithMilliseconds) \(method) \(target) \(status)"
      + (why.map { "  \($0)" } ?? "")
  }

  var json: JSONValue {
    let query = query
    var object: JSONObject = [
      "time": .string(time.iso8601WithMilliseconds), "method": .string(method),
      "path": .string(path),
    ]
    if !query.isEmpty { object["query"] = .string(query) }
    object["apiVersion"] = Query(Substring(query))["api-version"].map(JSONValue.string)
    object["status"] = .integer(Int64(status))
    object["ms"] = .number(milliseconds)
    object["bytesReceived"] = .integer(Int64(bytes.received))
    object["bytesSent"] = .integer(Int64(bytes.sent))
    object["caller"] = caller.map(JSONValue.string)
    object["requestId"] = requestID.map(JSONValue.string)
    object["why"] = why.map(JSONValue.string)
    return .object(object)
  }

  /// Milliseconds with up to three digits after the point.
  private var milliseconds: Double {
    let (seconds, attoseconds) = took.components
    return Double(seconds * 1_000_000 + attoseconds / 1_000_000_000_000) / 1000
  }
}
