import ClientModel

extension Subject {
  static let messages = Subject(
    "messages",
    [
      .init(
        "expect messages are \"TEXT\", \"TEXT\"…",
        "What people wrote in the open thread is this, in this order, deleted messages left aside."),
      .init(
        "expect messages have \"TEXT\", \"TEXT\"…",
        "These are among them, in this order; others may stand between."),
    ]
  ) { words throws(ScriptError) in
    let isWhole = words.takes("are")
    if !isWhole { guard words.takes("have") else { throw words.mismatch("'are' or 'have'") } }
    var texts = [try words.text("a message")]
    while words.takesComma() { texts.append(try words.text("a message")) }
    return OrderLook(texts: texts, isWhole: isWhole)
  }
}

/// Looks at the order of messages.
private struct OrderLook: Look {
  let texts: [ScriptText]
  let isWhole: Bool

  func look(_ run: SceneRun) throws(StepFailure) -> Finding {
    let state = try run.state()
    guard let open = state.threads.open else {
      throw StepFailure("no thread is open", statePath: "threads.open")
    }
    let all = state.shownMessages(in: open).filter { $0.kind == .text }.map(\.text)
    let wanted = texts.map(run.value)
    var rest = wanted[...]
    for text in all where text == rest.first { rest.removeFirst() }
    let holds = isWhole ? all == wanted : rest.isEmpty
    return Finding(
      matches: holds ? [all.map(quoted).joined(separator: ", ")] : [],
      instead: all.isEmpty
        ? "there are no messages"
        : "the messages are" + all.suffix(20).map { "\n  \(quoted($0))" }.joined(),
      wanted: rest.first, candidates: all)
  }
}
