import ACSTypes

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
    } else if look.isNegative, within == nil {
      try run.findLasting { () throws(StepFailure) in try check(run) }
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
