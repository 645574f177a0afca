/// What is wrong in a seed, and where: `threads[0].history[2].from`.
public struct SeedError: Error, Hashable, Sendable {
  /// The keys that lead there.
  public var path: String
  /// What is wrong and what was expected.
  public var message: String

  init(_ path: String, _ message: String) {
    self.path = path
    self.message = message
  }
}
