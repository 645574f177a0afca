/// What goes wrong while a scene is played, and when: made from a seed alone.
public struct FaultSchedule: Hashable, Sendable {
  /// One thing that goes wrong.
  public struct Entry: Hashable, Sendable, CustomStringConvertible {
    /// Before which step, counted from 0.
    public var step: Int
    /// What.
    public var trouble: Trouble

    /// `before step 3: Alice's network, throttled 40 %`.
    public var description: String { "before step \(step + 1): \(trouble)" }
  }

  /// What can go wrong.
  public enum Trouble: Hashable, Sendable {
    /// Somebody's network gets bad; what kind, and how bad in percent.
    case weather(String, SimulationStep.Ailment, percent: Int)
    /// Somebody's network is good again.
    case clear(String)
    /// Somebody's network is gone, for so many seconds.
    case offline(String, seconds: Int)
    /// Somebody's sockets break.
    case cut(String)
    /// The service does something wrong with events, for half a minute; in percent.
    case events(SimulationStep.EventAilment, percent: Int)
    /// Somebody's tokens are refused as if they had expired.
    case expire(String)
  }

  /// Makes the schedule, and all chance within the play.
  public var seed: UInt64
  /// What goes wrong, in order.
  public var entries: [Entry]

  /// The schedule of a seed for a scene of `steps` steps with these people.
  public init(seed: UInt64, steps: Int, people: [String]) {
    self.seed = seed
    let dice = Dice(seed: seed, "script weather")
    let steps = max(1, steps)
    entries = []
    guard !people.isEmpty else { return }
    for _ in 0..<dice.number(in: 3...min(12, 4 + steps / 2)) {
      let person = people[dice.number(in: 0...(people.count - 1))]
      entries.append(
        Entry(step: dice.number(in: 0...(steps - 1)), trouble: Trouble(of: person, dice)))
    }
    entries.sort { $0.step < $1.step }
  }

  /// The same with only some of its entries, by their places.
  public func only(_ places: [Int]) -> FaultSchedule {
    var schedule = self
    schedule.entries = places.filter(entries.indices.contains).map { entries[$0] }
    return schedule
  }
}

extension FaultSchedule.Trouble {
  fileprivate init(of person: String, _ dice: Dice) {
    switch dice.number(in: 0...99) {
    case 0..<55:
      let all = SimulationStep.Ailment.allCases
      self = .weather(
        person, all[dice.number(in: 0...(all.count - 1))], percent: dice.number(in: 10...60))
    case 55..<63: self = .clear(person)
    case 63..<70: self = .offline(person, seconds: dice.number(in: 1...40))
    case 70..<80: self = .cut(person)
    case 80..<93:
      let all = SimulationStep.EventAilment.allCases
      self = .events(all[dice.number(in: 0...(all.count - 1))], percent: dice.number(in: 10...60))
    default: self = .expire(person)
    }
  }
}

extension FaultSchedule.Trouble: CustomStringConvertible {
  /// As a report lists it.
  public var description: String {
    switch self {
    case .weather(let name, let ailment, let percent):
      "\(name)'s network: \(ailment.rawValue) \(percent) %"
    case .clear(let name): "\(name)'s network is good again"
    case .offline(let name, let seconds): "\(name)'s network is gone for \(seconds) s"
    case .cut(let name): "\(name)'s sockets break"
    case .events(let ailment, let percent): "events: \(ailment.rawValue) \(percent) %"
    case .expire(let name): "\(name)'s tokens expire"
    }
  }
}
