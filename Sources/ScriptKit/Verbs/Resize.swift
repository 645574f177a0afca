import ClientModel

extension Verb {
  static let resize = Verb(
    "resize", by: .person,
    [Form("resize COLUMNSxROWS", "Gives the terminal another size.")]
  ) { words throws(ScriptError) in
    let size = try words.size()
    return Doing { run throws(StepFailure) in try run.runningSeat().take([.resized(size)]) }
  }
}
