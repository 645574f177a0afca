public import ACSTypes

/// Which changes of a call's state are legal, as a table (CALLING 3.3).
public enum CallTransitions {
  /// One legal change.
  public struct Row: Hashable, Sendable {
    /// The state before.
    public let from: CallState
    /// The state after.
    public let to: CallState
    /// The number of the rule in the notes on calling.
    public let rule: Int
  }

  /// All legal changes.
  ///
  /// Any state but the last may end at once (rule 17).
  public static let table: [Row] = {
    var rows = [
      Row(from: .none, to: .connecting, rule: 1),
      Row(from: .connecting, to: .ringing, rule: 2),
      Row(from: .connecting, to: .earlyMedia, rule: 3),
      Row(from: .ringing, to: .earlyMedia, rule: 3),
      Row(from: .connecting, to: .connected, rule: 4),
      Row(from: .ringing, to: .connected, rule: 5),
      Row(from: .earlyMedia, to: .connected, rule: 5),
      Row(from: .connecting, to: .inLobby, rule: 6),
      Row(from: .inLobby, to: .connected, rule: 7),
      Row(from: .connected, to: .localHold, rule: 9),
      Row(from: .localHold, to: .connected, rule: 10),
      Row(from: .connected, to: .remoteHold, rule: 11),
      Row(from: .remoteHold, to: .localHold, rule: 12),
      Row(from: .remoteHold, to: .connected, rule: 13),
      Row(from: .localHold, to: .remoteHold, rule: 14),
    ]
    let open: [CallState] = [
      .connecting, .ringing, .earlyMedia, .inLobby, .connected, .localHold, .remoteHold,
    ]
    rows += open.map { Row(from: $0, to: .disconnecting, rule: 15) }
    rows.append(Row(from: .disconnecting, to: .disconnected, rule: 16))
    rows += (open + [.none]).map { Row(from: $0, to: .disconnected, rule: 17) }
    return rows
  }()

  /// True when the table holds the change.
  public static func isLegal(from: CallState, to: CallState) -> Bool {
    table.contains { $0.from == from && $0.to == to }
  }
}
