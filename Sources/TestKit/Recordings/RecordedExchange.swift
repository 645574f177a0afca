/// One request and its answer, as recorded with the real service.
public struct RecordedExchange: Hashable, Sendable {
  /// The file, below the folder of recordings.
  public var file: String
  /// The verb.
  public var method: String
  /// Path and query, as recorded.
  public var target: String
  /// The answer's status.
  public var status: Int
  /// The answer's body; empty when there was none.
  public var body: [UInt8]

  /// The target without its query.
  public var path: Substring { target.prefix { $0 != "?" } }

  /// An exchange whose `address` is absolute or a target.
  init(file: String, method: String, address: String, status: Int, body: [UInt8]) {
    self.file = file
    self.method = method.uppercased()
    self.status = status
    self.body = body
    var target = address[...]
    if let slashes = target.firstRange(of: "://") {
      target = target[slashes.upperBound...].drop { $0 != "/" }
    }
    self.target = String(target)
  }
}
