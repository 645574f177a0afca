import EventLog

extension Verb {
  static let constant = Verb(
    "let", by: .either,
    [
      Form(
        "let NAME = \"TEXT\"", "Gives a text a name, which stands for it as $NAME from here on."),
      Form("let NAME = state PATH", "Keeps what is at a path of the own client's state."),
    ]
  ) { words throws(ScriptError) in
    let name = try words.newVariable()
    try words.needs("=")
    defer { words.scope.variables.insert(name) }
    if words.scope.person != nil, words.takes("state") {
      let path = try words.path()
      return Doing { run throws(StepFailure) in
        run.variables[name] = try run.find { () throws(StepFailure) in
          try run.part(run.value(path)).unquotedText
        }
      }
    }
    let value = try words.text("the value")
    return Doing { run throws(StepFailure) in
      let text = run.value(value)
      guard text.utf8.count <= ScriptText.longestValue else {
        throw StepFailure("a variable holds \(ScriptText.longestValue) bytes at the most")
      }
      run.variables[name] = text
    }
  }
}
