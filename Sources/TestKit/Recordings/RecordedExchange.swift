public import ACSTypes

/// One request and its answer, as recorded with the real service.
public struct RecordedExchange: Hashable, Sendable {
  /// The file, below the folder of recordings.
  public var file: String
  /// The verb.
  public var method: String
  /// Path and query, as recorded.
  public var target: String
  /// The request's header fields, where they were kept.
  public var requestHeaders: HTTPHeaders
  /// The request's body; empty when there was none or it was not kept.
  public var requestBody: [UInt8]
  /// The answer's status.
  public var status: Int
  /// The answer's header fields, where they are read: from js-2023 and android.
  public var headers: HTTPHeaders
  /// The answer's body; empty when there was none.
  public var body: [UInt8]

  /// The target without its query.
  public var path: Substring { target.prefix { $0 != "?" } }

  /// The parameter of the query called `name`, undecoded; `nil` when there is none.
  public func parameter(_ name: String) -> Substring? {
    let query = target.drop { $0 != "?" }.dropFirst()
    return query.split(separator: "&").first { $0.hasPrefix("\(name)=") }?
      .dropFirst(name.count + 1)
  }

  /// An exchange whose `address` is absolute or a target.
  init(
    file: String, method: String, address: String, requestHeaders: HTTPHeaders = [:],
    requestBody: [UInt8] = [], status: Int, headers: HTTPHeaders = [:], body: [UInt8]
  ) {
    self.file = file
    self.requestHeaders = requestHeaders
    self.requestBody = requestBody
    self.method = method.uppercased()
    self.status = status
    self.headers = headers
    self.body = body
    var target = address[...]
    if let slashes = target.firstRange(of: "://") {
      target = target[slashes.upperBound...].drop { $0 != "/" }
    }
    self.target = String(target)
  }
}
