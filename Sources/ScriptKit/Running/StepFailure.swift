/// Why a step did not do what it should, with all that helps to see why.
public struct StepFailure: Error, Sendable {
  /// What is wrong, in one sentence or a few lines.
  public var message: String
  /// What stands there that is most like what was wanted; `nil` when nothing is.
  public var nearest: String?
  /// The path of the state that was looked at; `nil` for the rest.
  public var statePath: String?
  /// Whose client it is about; `nil` for the world.
  public var person: String?

  init(_ message: String, nearest: String? = nil, statePath: String? = nil) {
    self.message = message
    self.nearest = nearest
    self.statePath = statePath
  }

  init(_ error: StageError) {
    self.init(error.message)
  }
}
