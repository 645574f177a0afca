import ACSTypes
import Services

/// The clock of one machine of a world, which may be ahead of the others or behind.
struct ShiftedClock: WallClock {
  let clock: VirtualClock
  /// How far it is ahead; negative when it is behind.
  let shift: Duration

  var now: Timestamp { clock.now + shift }

  /// When something happens in the world that is to happen here at a moment.
  func worldTime(of moment: Timestamp) -> Timestamp { moment - shift }
}
