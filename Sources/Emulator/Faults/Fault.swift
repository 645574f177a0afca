import ACSTypes

/// Something that goes wrong on purpose: what, with which requests or events, and how often.
struct Fault {
  /// Names it for people: `f1`, `f2`, ….
  var id = ""
  let kind: FaultKind
  var scope = FaultScope()
  /// How late, or how long silent.
  var time = Duration.seconds(2)
  /// For ``FaultKind/status``.
  var status = 503
  /// The code in the envelope; by the status where none is given.
  var code: String?
  /// The seconds for `Retry-After`; without them none is sent.
  var retryAfter: Int64?
  /// How many bytes of the body come before it ends or stalls; half of it without a number.
  var bytes: Int?
  /// True when what a request asks for is done although the answer says something else, or is none.
  var isApplied = false
  /// Of what it is for, which share it strikes.
  var share = 1.0
  /// How many more times; `nil` for any number.
  var remaining: Int?
  /// When it ends.
  var until: Timestamp?
  /// Decides, with the order of requests, which share it is.
  var seed: UInt64 = 1
  /// How often it struck.
  var hits = 0
  var dice = FaultDice(seed: 1)

  init(_ kind: FaultKind) {
    self.kind = kind
  }

  /// What it is, for `X-Confab-Why`.
  var words: String {
    switch kind {
    case .status: "\(kind.rawValue) \(status)"
    case let kind where kind.takesTime: "\(kind.rawValue) \(time.wholeMilliseconds) ms"
    default: kind.rawValue
    }
  }
}

/// Numbers that are the same for the same seed (SplitMix64).
struct FaultDice {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  /// True for about `share` of the calls.
  mutating func strikes(_ share: Double) -> Bool {
    if share >= 1 { return true }
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    mixed ^= mixed >> 31
    return Double(mixed >> 11) * 0x1p-53 < share
  }
}
