/// How scenes are played.
public struct SceneOptions: Sendable {
  /// True when missing and differing snapshots are written instead of failing.
  public var updatesSnapshots = false
  /// Brings a file's bytes; `nil` when there is none.
  public var read: @Sendable (String) -> [UInt8]?
  /// Writes a file; gives false when it cannot.
  public var write: @Sendable (String, [UInt8]) -> Bool

  /// Options of a play that writes nothing.
  public init(
    read: @escaping @Sendable (String) -> [UInt8]?,
    write: @escaping @Sendable (String, [UInt8]) -> Bool = { _, _ in false }
  ) {
    self.read = read
    self.write = write
  }
}
