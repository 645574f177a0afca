/// What is to become of an answer on its way, which only a server can bring about.
public struct Disturbance: Hashable, Sendable {
  /// How the connection goes on.
  public enum Ending: Hashable, Sendable {
    /// The answer is sent whole.
    case whole
    /// Nothing is sent; the connection is reset.
    case reset
    /// After so many bytes of the body, half of them for `nil`, nothing comes for a time; then the connection ends.
    case truncated(bytes: Int?, silence: Duration)
  }

  /// How long the answer is held back.
  public var delay = Duration.zero
  /// How the connection goes on after that.
  public var ending = Ending.whole
}
