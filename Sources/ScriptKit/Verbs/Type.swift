import KeyInput

extension Verb {
  static let type = Verb(
    "type", by: .person,
    [
      Form(
        "type \"TEXT\"",
        "Types the text key by key, wherever the keys go; \\n is Alt-Enter, a new line.")
    ]
  ) { words throws(ScriptError) in
    let text = try words.text("a text")
    return Doing { run throws(StepFailure) in
      let seat = try run.runningSeat()
      for character in run.value(text) {
        let press =
          character == "\n"
          ? KeyPress(.enter, .alt)
          : character == "\t" ? KeyPress(.tab) : KeyPress(.character(character))
        try run.press(press, at: seat)
      }
    }
  }
}
