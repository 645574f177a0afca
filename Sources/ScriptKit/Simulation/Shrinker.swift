/// Finds the fewest steps that still go wrong in the same way, by ``FewestParts``.
///
/// The same failing plan gives the same shrunk plan, unless ``mayGoOn`` ends it.
public struct Shrinker {
  /// How many runs it may take.
  public var limit: Int
  /// Does a plan and gives the first rule that it breaks; `nil` for none.
  public var run: (SimulationPlan) -> Violation.Rule?
  /// Is told, before each run, how many steps are left and how many runs there were; false ends it there.
  public var mayGoOn: (_ steps: Int, _ runs: Int) -> Bool
  /// How many runs it took.
  public private(set) var runs = 0
  /// True when it ended before no single step could be left out.
  public private(set) var isCutShort = false

  /// A shrinker.
  public init(
    limit: Int = 400, mayGoOn: @escaping (_ steps: Int, _ runs: Int) -> Bool = { _, _ in true },
    run: @escaping (SimulationPlan) -> Violation.Rule?
  ) {
    self.limit = limit
    self.mayGoOn = mayGoOn
    self.run = run
  }

  /// The fewest steps of `plan` found that break `rule`, too; no single one of them can be left out, unless it was cut
  /// short.
  ///
  /// `failedStep` is the step in which it went wrong, if it did not show only at the end: none after it matters.
  public mutating func shrink(
    _ plan: SimulationPlan, breaking rule: Violation.Rule, failedStep: Int? = nil
  ) -> SimulationPlan {
    var steps = plan.steps
    if let failedStep, failedStep + 1 < steps.count {
      let head = Array(steps[...failedStep])
      if runs < limit, mayGoOn(plan.steps.count, runs) {
        runs += 1
        if run(plan.with(head)) == rule { steps = head }
      }
    }
    let (limit, mayGoOn, run) = (limit, mayGoOn, run)
    var runs = runs
    var search = FewestParts<SimulationStep>(
      mayGoOn: { steps in runs < limit && mayGoOn(steps, runs) },
      fails: { steps in
        runs += 1
        return run(plan.with(steps)) == rule
      })
    steps = search.find(in: steps)
    self.runs = runs
    isCutShort = search.isCutShort
    return plan.with(steps)
  }
}
