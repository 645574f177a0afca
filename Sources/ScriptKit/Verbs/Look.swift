import ClientModel

extension Verb {
  static let look = Verb(
    "look", by: .person,
    [
      Form(
        "look away", "Turns to another window: the terminal loses the focus. Keys bring it back."),
      Form("look back", "Turns to the terminal again."),
    ]
  ) { words throws(ScriptError) in
    let isBack = try words.word("where to", of: ["away", "back"]) == "back"
    return Doing { run throws(StepFailure) in
      try run.runningSeat().take([.focusChanged(isFocused: isBack)])
    }
  }
}
