import ACSTypes

/// What an expectation looks at: one value, one file in `Expectations`.
public struct Subject: Sendable {
  /// The word after `expect`.
  public let name: String
  /// The ways to write it.
  public let forms: [Verb.Form]
  /// True when it is counted: how many there are decides.
  public let isCounted: Bool
  /// False for what trouble on the way changes: traffic, and how the screen looks for a moment.
  public let isOutcome: Bool
  let parse: @Sendable (inout Words) throws(ScriptError) -> any Look

  init(
    _ name: String, _ forms: [Verb.Form], isCounted: Bool = false, isOutcome: Bool = true,
    parse: @escaping @Sendable (inout Words) throws(ScriptError) -> any Look
  ) {
    self.name = name
    self.forms = forms
    self.isCounted = isCounted
    self.isOutcome = isOutcome
    self.parse = parse
  }

  static func named(_ name: String) -> Subject? { all.first { $0.name == name } }
}

/// Looks at something once.
protocol Look: Sendable {
  func look(_ run: SceneRun) throws(StepFailure) -> Finding
  /// True when lines below it belong to it.
  var hasBlock: Bool { get }
}

extension Look {
  var hasBlock: Bool { false }
}

/// What was found.
struct Finding {
  /// What fits, each as a failure lists it.
  var matches: [String]
  /// What is there instead, as a failure says it.
  var instead: String
  /// What was looked for, to name what is most like it.
  var wanted: String?
  /// All that there is of its kind, as a failure shows it.
  var candidates: [String] = []
  /// What of each candidate is compared with what was looked for; `nil` for all of it.
  var texts: [String]?
  /// The path of the state that was looked at.
  var statePath: String?
}

extension Finding {
  /// The candidate that is most like what was looked for; `nil` when none is at all.
  fileprivate var nearest: String? {
    guard let wanted, let text = mostAlike(wanted, texts ?? candidates),
      let place = (texts ?? candidates).firstIndex(of: text)
    else { return nil }
    return candidates[place]
  }
}

/// A look with how many there should be, and by when.
struct Expectation: Act {
  enum Count: Hashable, Sendable {
    /// One: of two nobody knows which is meant.
    case one
    case exactly(Int)
    case atLeast(Int)
    case none
  }

  let subject: String
  let look: any Look
  let count: Count
  let within: Duration?
  let isOutcome: Bool

  var isExpectation: Bool { true }
  var hasBlock: Bool { look.hasBlock }

  func perform(_ run: SceneRun) throws(StepFailure) {
    if run.weather != nil {
      // Under trouble only what comes out in the end counts.
      guard isOutcome else { return }
      guard run.isAtEnd else {
        return try run.hopeFor { () throws(StepFailure) in try check(run) }
      }
      try run.find { () throws(StepFailure) in try check(run) }
      return
    }
    if count == .none, within == nil {
      // What must not come is given the time to come.
      try run.settle()
      try check(run)
    } else {
      try run.find(within: within) { () throws(StepFailure) in try check(run) }
    }
  }

  private func check(_ run: SceneRun) throws(StepFailure) {
    let finding = try look.look(run)
    let found = finding.matches.count
    let isMet =
      switch count {
      case .one: found == 1
      case .exactly(let number): found == number
      case .atLeast(let number): found >= number
      case .none: found == 0
      }
    guard !isMet else { return }
    var message: String
    if found == 0 {
      message = finding.instead
    } else {
      let wish =
        switch count {
        case .one: "and one is meant; say more of it, or how many there should be"
        case .exactly(let number): "and there should be \(number)"
        case .atLeast(let number): "and there should be \(number) at the least"
        case .none: "and there should be none"
        }
      message = "\(found) \(found == 1 ? "fits" : "fit"), \(wish):"
      message += finding.matches.prefix(10).map { "\n  \($0)" }.joined()
      if found > 10 { message += "\n  and \(found - 10) more" }
    }
    throw StepFailure(
      message,
      nearest: found == 0 ? finding.nearest : nil,
      statePath: finding.statePath)
  }
}
