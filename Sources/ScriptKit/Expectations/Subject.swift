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
  /// True when it finds that something is not so.
  var isNegative: Bool { get }
}

extension Look {
  var hasBlock: Bool { false }
  var isNegative: Bool { false }
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
  var nearest: String? {
    guard let wanted, let text = mostAlike(wanted, texts ?? candidates),
      let place = (texts ?? candidates).firstIndex(of: text)
    else { return nil }
    return candidates[place]
  }
}
