/// A place in a JSON text.
public struct JSONPosition: Hashable, Sendable {
  /// Bytes before it.
  public var offset: Int
  /// The line, from 1.
  public var line: Int
  /// The character within the line, from 1.
  public var column: Int

  /// The place `offset` bytes into `bytes`.
  init(offset: Int, in bytes: [UInt8]) {
    let before = bytes.prefix(offset)
    self.offset = offset
    line = 1 + before.reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) }
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    // Bytes 10xxxxxx continue a character.
    column = 1 + before[lineStart...].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
  }
}
