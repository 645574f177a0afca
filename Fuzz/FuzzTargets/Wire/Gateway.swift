import ACSTypes
import ACSWire

extension FuzzTarget {
  /// What clients say to the call gateway, and what it says to them.
  static let gateway = FuzzTarget("gateway") { bytes in
    guard let json = try? JSONValue.parse(decoded(bytes)) else { return }
    try Model(CallCommand.self).check(json)
    try Model(CallSignal.self).check(json)
  }
}
