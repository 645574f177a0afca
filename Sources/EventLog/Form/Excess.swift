import ACSTypes
import ClientModel

/// A value that no client has, and that its sums need not bear: what came from elsewhere is to be refused, not to trap.
struct Excess {
  /// Where it stands.
  let path: [String]
  /// What it should be.
  let words: String
}

extension EventLogHeader {
  /// The first value that is too large or too small; `nil` when all are such as a client is started with.
  var excess: Excess? {
    let spans = [
      ("open", cadence.open), ("idle", cadence.idle), ("list", cadence.list),
      ("live", cadence.live), ("activeSpan", cadence.activeSpan),
    ]
    for (name, span) in spans where !(.zero ... .seconds(86_400)).contains(span) {
      return Excess(path: ["cadence", name], words: "this should be a time of up to a day")
    }
    if !(-1500...1500).contains(settings.minutesFromUTC) {
      return Excess(
        path: ["settings", "minutesFromUTC"], words: "this should be from -1500 to 1500")
    }
    if let retention = settings.retention,
      !(.zero ... .seconds(36_500 * 86_400)).contains(retention)
    {
      return Excess(path: ["settings", "retention"], words: "this should be up to 36500 days")
    }
    return viewport.excess(at: ["viewport"])
  }
}

extension Event {
  /// The value that is too large or too small; `nil` when none is.
  var excess: Excess? {
    guard case .resized(let viewport) = self else { return nil }
    return viewport.excess(at: ["resized", "_0"])
  }
}

extension Viewport {
  /// More than any terminal has, and little enough to be drawn.
  private static let mostCells = 1_000_000

  fileprivate func excess(at path: [String]) -> Excess? {
    let sides = 0...10_000
    if sides.contains(columns), sides.contains(rows), columns * rows <= Self.mostCells {
      return nil
    }
    return Excess(path: path, words: "no terminal has this size")
  }
}
