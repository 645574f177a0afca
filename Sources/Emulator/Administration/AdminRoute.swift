import ACSTypes

/// An operation of the administration interface; each feature lists its own in a file of its folder.
struct AdminRoute: Sendable {
  let method: String
  /// `{}` stands for one segment, which is an argument.
  let path: String
  let action: @Sendable (inout Core, Exchange, [String]) throws -> HTTPResponse

  init(
    _ method: String, _ path: String,
    _ action: @escaping @Sendable (inout Core, Exchange, [String]) throws -> HTTPResponse
  ) {
    self.method = method
    self.path = path
    self.action = action
  }

  /// All there are, by feature.
  static let all =
    subscriptions + deviceCodes + sms + accessKeys + realTime + clock + faults + snapshots
    + overview + tokens + requests + bots + events

  /// The arguments in `segments`; `nil` when they are another path.
  func arguments(in segments: [String]) -> [String]? {
    let pattern = path.split(separator: "/")
    guard pattern.count == segments.count,
      zip(pattern, segments).allSatisfy({ $0 == "{}" || $0 == $1 })
    else { return nil }
    return zip(pattern, segments).filter { $0.0 == "{}" }.map(\.1)
  }
}
