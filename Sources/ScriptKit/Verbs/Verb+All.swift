extension Verb {
  /// All verbs, in the order in which the reference shows them.
  public static let all: [Verb] = [
    open, type, paste, press, click, scroll, resize, look,
    send, edit, delete, read, search,
    create, add, remove, rename, leave, pin, quieten, elsewhere,
    expect, snapshot,
    advance, fault, clearFaults, kill, start, restart, sleep, wake, thread,
    constant, repetition,
  ]
}

/// What a verb does, where that needs no more than a function.
struct Doing: Act {
  private let body: @Sendable (SceneRun) throws(StepFailure) -> Void

  init(_ body: @escaping @Sendable (SceneRun) throws(StepFailure) -> Void) {
    self.body = body
  }

  func perform(_ run: SceneRun) throws(StepFailure) { try body(run) }
}
