import ACSTypes

/// One turn of the reducer: the time and randomness it was given, and the effects gathered so far.
struct Turn {
  let now: Timestamp
  /// True when the clock's event comes long after it was due: the machine slept, or the program stood still.
  let hasSlept: Bool
  private var generator: SplitMix
  private(set) var effects: [Effect] = []

  init(_ occurrence: Occurrence, hasSlept: Bool = false) {
    now = occurrence.now
    self.hasSlept = hasSlept
    generator = SplitMix(state: occurrence.entropy)
  }

  /// Asks for `action` and remembers what it is for, until its result comes or its time is up.
  mutating func ask(_ action: Effect.Action, in state: inout ClientState) {
    let id = state.ledger.add(action, on: now, deadline: now + action.allowance)
    effects.append(Effect(id: id, action: action))
  }

  /// Asks for `action`, to which no result is expected.
  mutating func tell(_ action: Effect.Action, in state: inout ClientState) {
    effects.append(Effect(id: state.ledger.nextID(), action: action))
  }

  /// A random number from 0 up to, not including, 1.
  mutating func fraction() -> Double {
    Double(generator.next() >> 11) / Double(1 << 53)
  }

  /// A random id in the form of a UUID of version 4.
  mutating func requestID() -> String {
    let high = generator.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
    let low = generator.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    let digits = hexadecimal(high) + hexadecimal(low)
    var result = ""
    for (index, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(index) { result.append("-") }
      result.append(digit)
    }
    return result
  }

  private func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}

/// The SplitMix64 generator: good enough to spread retries and to make ids from one seed.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension Effect.Action {
  /// True for what this machine's disk does alone.
  var isOfDisk: Bool {
    switch self {
    case .loadHistory, .openHistory, .loadMessages, .save, .search: true
    default: false
    }
  }

  /// How long the model waits for most results.
  static let usualAllowance = Duration.seconds(40)

  /// How long the model waits for the result before it gives the effect up.
  var allowance: Duration {
    switch self {
    case .openGateway, .openEvents: .seconds(365 * 86_400)
    // A login command, two answers of the authority and two of the token service, each with a limit of its own.
    case .renewToken: .seconds(90)
    default: Self.usualAllowance
    }
  }
}
