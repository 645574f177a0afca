/// What a run does, made from its seed alone.
public struct SimulationPlan: Hashable, Sendable {
  /// Makes the plan, and all chance within the run.
  public var seed: UInt64
  /// How many people there are.
  public var people: Int
  /// True when clients take the service's events as they happen; else they only ask.
  public var hasEvents: Bool
  /// How many messages a page of the service has at the most; `nil` for the service's own limit.
  public var pageLimit: Int?
  /// How far people's clocks are ahead of the servers', in milliseconds, by their numbers; none where all are right.
  public var clockShifts: [Int]
  /// What happens, in order.
  public var steps: [SimulationStep]

  /// A plan of so many steps.
  public init(seed: UInt64, people: Int, steps: Int) {
    self.seed = seed
    self.people = people
    hasEvents = Dice(seed: seed, "settings").strikes(0.7)
    let pages = Dice(seed: seed, "pages")
    pageLimit = pages.strikes(0.4) ? pages.number(in: 3...10) : nil
    let clocks = Dice(seed: seed, "clocks")
    // Much farther apart a token, which lives for an hour, seems to have expired.
    clockShifts =
      clocks.strikes(0.3)
      ? (0..<people).map { _ in clocks.number(in: -1_200_000...1_200_000) } : []
    var author = Author(
      dice: Dice(seed: seed, "plan"), people: people,
      hasNights: Dice(seed: seed, "nights").strikes(0.25))
    self.steps = (0..<steps).map { author.step($0) }
  }

  /// The same with other steps.
  public func with(_ steps: [SimulationStep]) -> SimulationPlan {
    var plan = self
    plan.steps = steps
    return plan
  }
}

/// Thinks out what happens.
private struct Author {
  let dice: Dice
  let people: Int
  /// True when a pause may be so long that tokens, which live for an hour, expire under who is offline or asleep.
  let hasNights: Bool

  mutating func step(_ place: Int) -> SimulationStep {
    // Without threads nothing happens.
    if place < 2 { return .person(place % people, .create(with: 0xFF)) }
    switch dice.number(in: 0...99) {
    case 0..<35: return .wait(pause)
    case 35..<80: return .person(somebody, deed)
    default: return .trouble(trouble)
    }
  }

  private var somebody: Int { dice.number(in: 0...(people - 1)) }

  private var pause: Int {
    switch dice.number(in: 0...19) {
    case 0: dice.number(in: 60_000...(hasNights ? 6_000_000 : 1_300_000))
    case 1...4: dice.number(in: 5_000...40_000)
    default: dice.number(in: 5...4_000)
    }
  }

  private var deed: SimulationStep.Deed {
    switch dice.number(in: 0...99) {
    case 0..<34: .send
    case 34..<41: .edit(dice.number(in: 0...3))
    case 41..<46: .delete(dice.number(in: 0...3))
    case 46..<54: .open(dice.number(in: 0...7))
    case 54..<57: .create(with: dice.number(in: 1...255))
    case 57..<60: .type
    case 60..<62: .sendElsewhere
    case 62..<65: .add(dice.number(in: 0...7))
    case 65: .addElsewhere(dice.number(in: 0...7))
    case 66..<68: .remove(dice.number(in: 0...7))
    case 68: .removeElsewhere(dice.number(in: 0...7))
    case 69: .leave
    case 70..<72: .rename(dice.number(in: 0...7))
    case 72: .pin
    case 73: .mute
    case 74..<76: .nextUnread
    case 76: .jump
    case 77..<81: .search(dice.number(in: 0...9999))
    case 81..<84: .fumble(dice.number(in: 0...999_999))
    case 84..<86: .pageBack
    case 86: .pageToEnd
    case 87..<89: .retry
    case 89: .takeBack
    case 90..<92: .lookAway
    case 92..<95: .lookBack
    case 95: .sleep
    default: .wake
    }
  }

  private var trouble: SimulationStep.Trouble {
    switch dice.number(in: 0...99) {
    case 0..<25:
      .weather(
        somebody, chosen(of: SimulationStep.Ailment.allCases), percent: dice.number(in: 5...60))
    case 25..<40: .clear(somebody)
    case 40..<46: .offline(somebody)
    case 46..<54: .cut(somebody)
    case 54..<60: .silence(somebody)
    case 60..<70:
      .events(chosen(of: SimulationStep.EventAilment.allCases), percent: dice.number(in: 5...60))
    case 70..<74: .revoke(somebody)
    case 74..<81: .kill(somebody)
    case 81..<90: .start(somebody)
    case 90..<93: .killEmulator
    case 93..<95: .killTrusted
    default: .startServers
    }
  }

  private func chosen<Choice>(of all: [Choice]) -> Choice {
    all[dice.number(in: 0...(all.count - 1))]
  }
}
