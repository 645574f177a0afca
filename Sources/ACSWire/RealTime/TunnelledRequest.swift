/// A request that the service sends through the socket (REALTIME 4.3, 4.4).
public struct TunnelledRequest: WireValue {
  /// The sender's number; the response repeats it.
  public var id: Int
  /// The verb, `POST` for events.
  public var method: String
  /// The path on the service, the flow in it: `/v4/f/{flow}/chatMessageReceived`.
  public var url: String
  /// Header fields; values that are no texts were left out.
  public var headers: [String: String]
  /// The body, a JSON text.
  public var body: String

  /// A request.
  public init(
    id: Int, method: String, url: String, headers: [String: String] = [:], body: String = ""
  ) {
    self.id = id
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
  }

  /// Reads a request; headers and body may be absent.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    id = try members.required("id", .integer)
    method = try members.required("method", .string)
    url = try members.required("url", .string)
    headers = texts(try members.optional("headers", .object))
    body = try members.optional("body", .string) ?? ""
  }

  /// The request, headers in the order of their names.
  public var json: JSONValue {
    [
      "id": .integer(Int64(id)), "method": .string(method), "url": .string(url),
      "headers": headerObject(headers), "body": .string(body),
    ]
  }
}

/// The answer to a ``TunnelledRequest``.
public struct TunnelledResponse: WireValue {
  /// The request's number.
  public var id: Int
  /// The HTTP status.
  public var status: Int
  /// Header fields; clients echo `trouter-request` and `MS-CV` there, or leave them out.
  public var headers: [String: String]
  /// The body, usually empty.
  public var body: String

  /// A response.
  public init(id: Int, status: Int = 200, headers: [String: String] = [:], body: String = "") {
    self.id = id
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// Reads a response; some clients send nothing but id and status.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    id = try members.required("id", .integer)
    status = try members.required("status", .integer)
    guard 100...599 ~= status else {
      throw WireError(.badValue, "This should be a status from 100 to 599.", path: "status")
    }
    headers = texts(try members.optional("headers", .object))
    body = try members.optional("body", .string) ?? ""
  }

  /// The response, headers in the order of their names.
  public var json: JSONValue {
    [
      "id": .integer(Int64(id)), "status": .integer(Int64(status)),
      "headers": headerObject(headers), "body": .string(body),
    ]
  }
}

private func texts(_ object: JSONObject?) -> [String: String] {
  var result: [String: String] = [:]
  for member in object?.members ?? [] { result[member.name] = member.value.string }
  return result
}

private func headerObject(_ headers: [String: String]) -> JSONValue {
  .object(JSONObject(headers.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
}
