import KeyInput

extension Verb {
  static let scroll = Verb(
    "scroll", by: .person,
    [
      Form(
        "scroll up | down [N times]",
        "Turns the mouse's wheel over the messages; each turn is three rows.")
    ]
  ) { words throws(ScriptError) in
    let kind: MouseInput.Kind =
      try words.word("the direction", of: ["up", "down"]) == "up" ? .scrollUp : .scrollDown
    var count = 1
    if !words.isAtEnd {
      let start = words
      count = try words.number("how many times", in: 1...10_000)
      try start.mayBeDone(count)
      try words.needs("times")
    }
    let turns = count
    return Doing { run throws(StepFailure) in
      let seat = try run.runningSeat()
      for _ in 0..<turns { seat.scroll(kind) }
    }
  }
}
