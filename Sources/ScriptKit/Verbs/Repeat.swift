extension Verb {
  static let repetition = Verb(
    "repeat", by: .either,
    [
      Form("repeat N [times]", "Does the lines below N times."),
      Form("repeat N [times] with NAME", "And $NAME counts from 1."),
    ]
  ) { words throws(ScriptError) in
    let start = words
    let count = try words.number("how many times", in: 1...100_000)
    let outer = words.scope.repetitions
    try start.mayBeDone(count)
    words.scope.repetitions = outer * count
    _ = words.takes("times")
    var name: String?
    if words.takes("with") { name = try words.newVariable() }
    guard !words.children.isEmpty else {
      words.scope.repetitions = outer
      throw words.error("nothing is repeated; what is, is indented below")
    }
    let before = words.scope.variables
    if let name { words.scope.variables.insert(name) }
    defer {
      words.scope.variables = before
      words.scope.repetitions = outer
    }
    return Repetition(count: count, variable: name, steps: words.steps())
  }
}

extension Words {
  /// Whether something may be done so many times here, where all may already be repeated.
  func mayBeDone(_ count: Int) throws(ScriptError) {
    guard scope.repetitions * count <= 100_000 else {
      throw error("what is repeated is done 100000 times at the most, one within another counted")
    }
  }
}

/// Does steps some times.
struct Repetition: Act {
  var hasBlock: Bool { true }
  var isExpectation: Bool { steps.allSatisfy(\.act.isExpectation) }
  let count: Int
  let variable: String?
  let steps: [Step]

  func perform(_ run: SceneRun) throws(StepFailure) {
    let outer = run.variables
    defer { run.variables = outer }
    for number in 1...count {
      run.variables = outer
      if let variable { run.variables[variable] = String(number) }
      do throws(StepFailure) {
        try run.run(steps)
      } catch {
        var failure = error
        if count > 1 { failure.message += "\n(the \(number.ordinal) time of \(count))" }
        throw failure
      }
    }
  }
}

extension Int {
  /// `1st`, `22nd`, `13th`.
  var ordinal: String {
    let ending =
      switch (self % 10, self % 100) {
      case (_, 11...13): "th"
      case (1, _): "st"
      case (2, _): "nd"
      case (3, _): "rd"
      default: "th"
      }
    return "\(self)\(ending)"
  }
}
