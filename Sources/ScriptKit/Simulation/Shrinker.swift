/// Finds the fewest steps that still go wrong in the same way (delta debugging, Zeller and Hildebrandt's ddmin).
///
/// The same failing plan gives the same shrunk plan.
public struct Shrinker {
  /// How many runs it may take.
  public var limit: Int
  /// Does a plan and gives the first rule that it breaks; `nil` for none.
  public var run: (SimulationPlan) -> Violation.Rule?
  /// How many runs it took.
  public private(set) var runs = 0

  /// A shrinker.
  public init(limit: Int = 400, run: @escaping (SimulationPlan) -> Violation.Rule?) {
    self.limit = limit
    self.run = run
  }

  /// The fewest steps of `plan` found that break `rule`, too; no single one of them can be left out, unless the limit
  /// of runs came first.
  public mutating func shrink(_ plan: SimulationPlan, breaking rule: Violation.Rule)
    -> SimulationPlan
  {
    var steps = plan.steps
    var pieces = 2
    while steps.count > 1, runs < limit {
      let size = max(1, (steps.count + pieces - 1) / pieces)
      var isShorter = false
      // From the end: what comes after the failure goes first.
      for start in stride(from: 0, to: steps.count, by: size).reversed() {
        let rest = Array(steps[..<start] + steps[min(start + size, steps.count)...])
        guard !rest.isEmpty, fails(plan.with(rest), rule) else { continue }
        steps = rest
        isShorter = true
        break
      }
      if isShorter {
        pieces = max(pieces - 1, 2)
      } else if size == 1 {
        break
      } else {
        pieces = min(pieces * 2, steps.count)
      }
    }
    return plan.with(steps)
  }

  private mutating func fails(_ plan: SimulationPlan, _ rule: Violation.Rule) -> Bool {
    guard runs < limit else { return false }
    runs += 1
    return run(plan) == rule
  }
}
