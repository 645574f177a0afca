import ACSTypes
import ClientModel

/// What came of something that somebody asked the service for.
enum Answer {
  /// It is done.
  case done
  /// Nobody has answered yet.
  case awaited
  /// It was not done, for this reason.
  case refused(String)
}

/// What the service may refuse.
extension SceneRun {
  /// How long whoever plays under trouble waits before they try again.
  private static let pause = Duration.seconds(10)

  /// Asks for something by keys.
  ///
  /// On a clear day what is refused fails. Under trouble it is asked for again, as a person would.
  ///
  /// - Parameters:
  ///   - isDone: Whether it is so already, before it is asked for again: perhaps only the answer was lost.
  ///   - keys: Asks for it.
  ///   - answer: What came of it so far.
  /// - Throws: Why it was not done.
  func ask(
    isDone: () -> Bool, keys: () throws(StepFailure) -> Void, answer: () -> Answer
  ) throws(StepFailure) {
    var isFirst = true
    try persist { () throws(StepFailure) in
      if !isFirst, isDone() { return }
      isFirst = false
      try keys()
      try awaitAnswer(answer)
      if case .refused(let reason) = answer() { throw StepFailure(reason) }
    }
  }

  private func awaitAnswer(_ answer: () -> Answer) throws(StepFailure) {
    func isAnswered() -> Bool { if case .awaited = answer() { false } else { true } }
    try settle()
    try wait(upTo: weather == nil ? stage.patience : ScriptWeather.patience, until: isAnswered)
    guard weather == nil || isAnswered() else {
      throw StepFailure("the service has not answered")
    }
  }

  /// Does something; under trouble until it is done: for as long as a step waits, and then without the trouble.
  func persist(_ attempt: () throws(StepFailure) -> Void) throws(StepFailure) {
    guard let weather else { return try attempt() }
    var last: StepFailure?
    for patience in [ScriptWeather.patience, ScriptWeather.calmPatience] {
      let end = stage.now + patience
      repeat {
        if last != nil { try wait(upTo: SceneRun.pause) { false } }
        do throws(StepFailure) { return try attempt() } catch { last = error }
      } while stage.now < end
      weather.end()
    }
    if let last { throw last }
  }

  /// Waits until a dialog has the answer without which keys would go amiss; a person would, under trouble.
  func waitForDialog(of seat: any Seat) throws(StepFailure) {
    guard weather != nil else { return }
    try wait(upTo: ScriptWeather.patience) { !(seat.state?.isDialogBusy ?? false) }
  }

  private func wait(upTo limit: Duration, until condition: () -> Bool) throws(StepFailure) {
    guard !condition(), limit > .zero else { return }
    _ = try onStage { (stage) throws(StageError) in
      try stage.wait(upTo: limit) {
        weather?.mendLines()
        return condition()
      }
    }
  }
}

extension ClientState {
  /// True while a dialog looks for people, or waits for the service.
  fileprivate var isDialogBusy: Bool {
    if let newThread, newThread.isSearching || newThread.isCreating { return true }
    if let people, people.isSearching || people.isChanging { return true }
    return renaming?.isSaving ?? false
  }
}
