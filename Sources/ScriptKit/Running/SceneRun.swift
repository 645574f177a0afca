import ACSTypes
import Cells
import ClientModel
import KeyInput

/// A scene while it is played: what steps act upon.
final class SceneRun {
  let script: Script
  let scene: Scene
  let stage: any Stage
  let options: SceneOptions
  /// The servers that were killed and not started since; of clients their seats tell.
  var stoppedServers: Set<Party> = []
  /// What stands for each variable.
  var variables: [String: String] = [:]
  /// How long something lasts that is not there by chance.
  private static let lasting = Duration.seconds(1)
  /// Whose step it is; `nil` for the world's.
  private(set) var person: String?
  /// The step that is being done, for blocks the innermost.
  private(set) var step: Step?
  /// What was noticed and fails nothing: snapshots that were written.
  var notes: [String] = []
  /// True once a file could not be written.
  var isUnwritten = false
  /// How many steps were done.
  private(set) var stepCount = 0
  /// Called before each step; gives false to stop there.
  private let willDo: (Step, SceneRun) -> Bool
  /// The trouble under which it is played; `nil` on a clear day.
  var weather: ScriptWeather?
  /// True once nothing more is done and only looked at.
  private(set) var isAtEnd = false

  init(
    _ script: Script, _ scene: Scene, on stage: any Stage, options: SceneOptions,
    willDo: @escaping (Step, SceneRun) -> Bool = { _, _ in true }
  ) {
    self.script = script
    self.scene = scene
    self.stage = stage
    self.options = options
    self.willDo = willDo
    for constant in script.constants.prefix(scene.constantCount) {
      variables[constant.name] = constant.value
    }
  }

  /// Does steps one after the other.
  func run(_ steps: [Step]) throws(StepFailure) {
    for step in steps {
      let outer = (self.step, person)
      (self.step, person) = (step, step.person)
      weather?.before(step: stepCount)
      guard willDo(step, self) else { throw StepFailure("it was stopped here") }
      stepCount += 1
      do throws(StepFailure) {
        if let person = step.person { try waitForDialog(of: seat(of: person)) }
        try step.act.perform(self)
        // Nobody acts before what they did has come about.
        if !step.act.isExpectation { try settle() }
      } catch {
        var failure = error
        if failure.person == nil { failure.person = step.person }
        throw failure
      }
      (self.step, person) = outer
    }
  }

  /// Presses a key; what it brings about happens before the next one.
  func press(_ press: KeyPress, at seat: any Seat) throws(StepFailure) {
    try waitForDialog(of: seat)
    seat.press(press)
    try settle()
  }

  /// Ends the trouble, and waits until all that waited is done.
  func endWeather() {
    isAtEnd = true
    guard let weather else { return }
    weather.end()
    guard let world = (stage as? WorldStage)?.world else { return }
    // What the service does wrong with events ends by itself, and what was put off until then comes.
    world.advance(by: ScriptWeather.eventTrouble)
    world.advance(upTo: ScriptWeather.calmPatience) {
      world.clients.allSatisfy { !$0.isRunning || $0.isAtRest }
    }
  }

  // MARK: - What steps need

  /// The text with the variables' values.
  func value(_ text: ScriptText) -> String { text.value(variables) }

  /// The seat of whoever acts.
  func seat() -> any Seat {
    guard let person else { preconditionFailure("a verb of a person without one") }
    return seat(of: person)
  }

  func seat(of name: String) -> any Seat {
    guard let seat = stage.seats.first(where: { $0.name == name }) else {
      preconditionFailure("the parser knows all users, and the stage seats them")
    }
    return seat
  }

  /// What the client of whoever acts knows.
  func state() throws(StepFailure) -> ClientState {
    let seat = seat()
    guard let state = seat.state else {
      throw StepFailure("\(seat.name)'s client does not run; 'start' starts it")
    }
    return state
  }

  func screen() throws(StepFailure) -> Frame {
    let seat = seat()
    guard let frame = seat.frame else {
      throw StepFailure("\(seat.name)'s client does not run; 'start' starts it")
    }
    return frame
  }

  /// Does what may go wrong at the stage.
  func onStage<Value>(_ body: (any Stage) throws(StageError) -> Value) throws(StepFailure) -> Value
  {
    do throws(StageError) {
      return try body(stage)
    } catch {
      throw StepFailure(error)
    }
  }

  func settle() throws(StepFailure) {
    try onStage { (stage) throws(StageError) in try stage.settle() }
  }

  /// Looks once the world has settled; where that takes its time, or `within` gives it some, until it is found.
  ///
  /// - Parameters:
  ///   - within: How long it may take to come about; `nil` for as long as the stage needs.
  ///   - look: Gives what is found, or why it is not.
  /// - Returns: What was found.
  /// - Throws: Why it was not found.
  func find<Value>(
    within: Duration? = nil, _ look: () throws(StepFailure) -> Value
  ) throws(StepFailure) -> Value {
    try settle()
    var result = attempt(look)
    func wait(_ limit: Duration) throws(StepFailure) {
      guard case .failure = result, limit > .zero else { return }
      _ = try onStage { (stage) throws(StageError) in
        try stage.wait(upTo: limit) {
          weather?.mendLines()
          result = attempt(look)
          if case .success = result { return true }
          return false
        }
      }
    }
    guard let weather else {
      try wait(max(within ?? .zero, stage.patience))
      return try result.get()
    }
    try wait(ScriptWeather.patience)
    if case .failure = result { weather.end() }
    try wait(ScriptWeather.calmPatience)
    return try result.get()
  }

  /// Looks for what has to last, as it comes about by chance for a moment; on the virtual clock there is none.
  func findLasting(_ look: () throws(StepFailure) -> Void) throws(StepFailure) {
    let end = stage.now + stage.patience
    while true {
      try find(look)
      guard !stage.isVirtual else { return }
      var broken: StepFailure?
      _ = try onStage { (stage) throws(StageError) in
        try stage.wait(upTo: SceneRun.lasting) {
          if case .failure(let failure) = attempt(look) { broken = failure }
          return broken != nil
        }
      }
      guard let broken else { return }
      guard stage.now < end else { throw broken }
    }
  }

  /// Waits for something that need not come about: whoever plays under trouble gives it time before they go on, and if it
  /// does not come, plays on without the trouble.
  func hopeFor(_ look: () throws(StepFailure) -> Void) throws(StepFailure) {
    try settle()
    for limit in [ScriptWeather.patience, ScriptWeather.hope] {
      let holds = try onStage { (stage) throws(StageError) in
        try stage.wait(upTo: limit) {
          weather?.mendLines()
          if case .success = attempt(look) { return true }
          return false
        }
      }
      if holds { return }
      weather?.end()
    }
  }

  private func attempt<Value>(
    _ look: () throws(StepFailure) -> Value
  ) -> Result<Value, StepFailure> {
    do throws(StepFailure) { return .success(try look()) } catch { return .failure(error) }
  }
}
