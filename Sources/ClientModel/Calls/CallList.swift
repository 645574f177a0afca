public import ACSTypes

/// The calls of this run: ringing, open and ended ones, and the way to the gateway.
public struct CallList: Hashable, Sendable {
  /// How the client stands to the call gateway.
  public enum Gateway: Hashable, Sendable {
    /// While no gateway is configured.
    case unsupported
    /// While there is no connection and none has failed.
    case closed
    /// While it connects.
    case connecting
    /// While it is connected and knows who the client is.
    case ready
    /// After it failed.
    case failed(Problem)
  }

  /// How many calls the list keeps.
  public static let limit = 100

  /// How the client stands to the call gateway.
  public internal(set) var gateway = Gateway.closed
  /// Those who call now, oldest first.
  public internal(set) var ringing: [IncomingCall] = []
  /// All calls, newest first; the open one is the first that ``Call/isOpen``.
  public internal(set) var calls: [Call] = []
  /// People among whom the call choice pane chooses.
  public internal(set) var choices: [Person] = []
  /// The selection in the call choice pane.
  public internal(set) var choice = 0

  /// No calls.
  public init() {}

  /// The call that is not yet over.
  public var current: Call? { calls.first(where: \.isOpen) }

  mutating func add(_ call: Call) {
    calls.insert(call, at: 0)
    if calls.count > CallList.limit { calls.removeLast() }
  }

  mutating func change(_ id: CallID, _ change: (inout Call) -> Void) {
    guard let index = calls.firstIndex(where: { $0.id == id }) else { return }
    change(&calls[index])
  }

  mutating func change(requestID: String, _ change: (inout Call) -> Void) {
    guard let index = calls.firstIndex(where: { $0.requestID == requestID }) else { return }
    change(&calls[index])
  }
}
