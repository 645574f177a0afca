/// What became of a scene.
public struct SceneResult: Sendable {
  /// What went wrong.
  public struct Failure: Sendable {
    /// The line in which it showed.
    public var place: SourcePlace
    /// What is wrong, in a sentence or a few lines.
    public var message: String
    /// All of it, for people: the line, the screen, the state, the last events, the command that repeats it.
    public var report: String
  }

  /// The script's file.
  public var path: String
  /// The scene's name.
  public var scene: String
  /// Where it begins.
  public var place: SourcePlace
  /// What went wrong; `nil` for a good play.
  public var failure: Failure?
  /// How many steps were done.
  public var steps: Int
  /// Under how many schedules of faults it passed, besides.
  public var weatherPlays = 0
  /// How long it took.
  public var duration: Duration
  /// What was written: snapshots.
  public var notes: [String]
  /// True when one could not be written.
  public var isUnwritten = false
  /// What happened, line by line, where that was asked for.
  public var trace: [String]
}
