import ACSTypes
import ACSWire

/// Something that goes wrong on purpose with the next real-time events.
struct RealTimeFault {
  /// What goes wrong.
  enum Kind: String, CaseIterable {
    /// The event is not sent, and the client is told so by `trouter.message_loss`.
    case drop
    /// The event is not sent, and nobody says so.
    case lose
    /// The event is sent twice.
    case duplicate
    /// The event comes late.
    case delay
    /// The event comes after the next one, or two seconds late when there is none.
    case reorder
    /// An event that no client knows comes before it.
    case unknownEvent
    /// Nobody's time from which history is shared is told.
    case nullShareHistoryTime
    /// A registration is refused with 503.
    case refuseRegistration
  }

  var kind: Kind
  /// Only events of this number; `nil` for all.
  var eventID: Int?
  /// Only events for this identity; `nil` for all.
  var identity: String?
  /// How late, for ``Kind/delay``.
  var delay = Duration.seconds(5)
  /// How many more times.
  var remaining = 1
}

/// The faults that are switched on.
struct RealTimeFaults {
  var all: [RealTimeFault] = []

  /// Takes one use of the first fault of these kinds that fits.
  mutating func take(
    _ kinds: Set<RealTimeFault.Kind>, event: Int? = nil, identity: String? = nil
  ) -> RealTimeFault? {
    let place = all.firstIndex { fault in
      kinds.contains(fault.kind) && (fault.eventID ?? event) == event
        && (fault.identity ?? identity) == identity
    }
    guard let place else { return nil }
    let fault = all[place]
    all[place].remaining -= 1
    if all[place].remaining == 0 { all.remove(at: place) }
    return fault
  }
}
