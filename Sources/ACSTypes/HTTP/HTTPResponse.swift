/// An answer as a value, the same on the client's side and on the server's.
public struct HTTPResponse: Hashable, Sendable {
  /// The status code, 100–599.
  public var status: Int
  /// Header fields; `Content-Length` and `Date` are the server's to add.
  public var headers: HTTPHeaders
  /// The body; empty when there is none.
  public var body: [UInt8]

  /// An answer with `status`.
  public init(status: Int, headers: HTTPHeaders = [:], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// True for 200–299.
  public var isSuccess: Bool { (200...299).contains(status) }

  /// The body as text; bytes that are not UTF-8 become U+FFFD.
  public var text: String { String(decoding: body, as: UTF8.self) }
}
