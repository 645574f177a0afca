public import ACSTypes

/// One call, from its start or its answering to its end.
public struct Call: Hashable, Sendable {
  /// Who began it.
  public enum Direction: Hashable, Sendable {
    /// This side called.
    case outgoing
    /// The other side called.
    case incoming
  }

  /// Whether one's own sound is kept from the others.
  public enum Mute: Hashable, Sendable {
    /// The others can hear.
    case off
    /// The others cannot hear.
    case on
    /// While the gateway has not yet confirmed the wish.
    case pending(wanted: Bool)
  }

  /// The request under which it was started or answered.
  public var requestID: String
  /// The gateway's id; `nil` until the gateway gave one.
  public var id: CallID?
  /// The other side.
  public var peer: Person
  /// Who began it.
  public var direction: Direction
  /// The state.
  public private(set) var state = CallState.none
  /// When it was started or answered here.
  public var startedOn: Timestamp
  /// When it connected; `nil` if it never did.
  public private(set) var connectedOn: Timestamp?
  /// When it ended here.
  public private(set) var endedOn: Timestamp?
  /// Why it ended; `nil` until the service told.
  public private(set) var endReason: CallEndReason?
  /// Whether one's own sound is kept from the others.
  public var mute = Mute.off
  /// Who is in it, by the newest roster.
  public private(set) var participants: [CallParticipant] = []
  private var rosterVersion = 0
  /// Changes that the table does not hold, as they were told; they change nothing.
  public private(set) var anomalies: [String] = []

  /// A call that is about to be set up.
  public init(
    requestID: String, id: CallID? = nil, peer: Person, direction: Direction, startedOn: Timestamp
  ) {
    self.requestID = requestID
    self.id = id
    self.peer = peer
    self.direction = direction
    self.startedOn = startedOn
  }

  /// True until it has ended or was hung up, which is final here at once.
  public var isOpen: Bool { state != .disconnected && state != .disconnecting }

  /// Goes to `next` if the table allows it, and keeps a note otherwise.
  ///
  /// After the end, and after hang-up but for the end, nothing changes any more: a late word of the service is expected
  /// then and no anomaly.
  mutating func advance(to next: CallState, reason: CallEndReason? = nil, now: Timestamp) {
    if next == state {
      if next == .disconnected { endReason = endReason ?? reason }
      return
    }
    let isLate = state == .disconnected || (state == .disconnecting && next != .disconnected)
    guard CallTransitions.isLegal(from: state, to: next) else {
      if isLate {
        if next == .disconnected { endReason = endReason ?? reason }
      } else {
        anomalies.append("\(state.rawValue) → \(next.rawValue)")
      }
      return
    }
    state = next
    if next == .connected { connectedOn = connectedOn ?? now }
    if next == .disconnecting || next == .disconnected { endedOn = endedOn ?? now }
    if next == .disconnected { endReason = reason ?? endReason }
  }

  /// Takes the roster in unless a newer one is known.
  mutating func take(roster: [CallParticipant], version: Int, me: CommunicationIdentifier?) {
    guard version > rosterVersion else { return }
    rosterVersion = version
    participants = roster
    if peer.identifier.rawID.isEmpty, let other = roster.first(where: { $0.identifier != me }) {
      peer = Person(identifier: other.identifier, displayName: other.displayName)
    }
    guard let own = roster.first(where: { $0.identifier == me }) else { return }
    if case .pending(let wanted) = mute, own.isMuted != wanted { return }
    mute = own.isMuted ? .on : .off
  }
}

/// Somebody calls and nobody has answered yet: a thing of its own until it becomes a call (CALLING 3.2).
public struct IncomingCall: Hashable, Sendable {
  /// The gateway's id.
  public var id: CallID
  /// Who calls.
  public var caller: Person
  /// When it began to ring here.
  public var arrivedOn: Timestamp
}
