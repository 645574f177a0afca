extension Verb {
  static let open = Verb(
    "open", by: .person,
    [
      Form(
        "open \"TOPIC\"", "Goes to the list of threads, selects the thread and opens it, by keys.")
    ]
  ) { words throws(ScriptError) in
    let topic = try words.text("the topic")
    return Doing { run throws(StepFailure) in
      let id = try run.find { () throws(StepFailure) in try run.thread(run.value(topic)) }
      try run.runningSeat().open(id)
      try run.settle()
    }
  }
}
