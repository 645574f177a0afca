import ClientModel

extension Verb {
  static let search = Verb(
    "search", by: .person,
    [
      Form("search \"WORDS\"", "Searches all messages that are kept; the hits stay on the screen."),
      Form("search \"WORDS\" here", "Searches the open thread."),
    ]
  ) { words throws(ScriptError) in
    let text = try words.text("what is searched for")
    let isHere = words.takes("here")
    return Doing { run throws(StepFailure) in
      let seat = try run.runningSeat()
      guard seat.beginSearch(run.value(text), isOfThread: isHere) else {
        throw StepFailure("nothing can be searched now")
      }
      try run.settle()
    }
  }
}
