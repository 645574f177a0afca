/// A text that must not be seen: an access key, a token, a connection string.
///
/// Printing, interpolating or dumping it gives `<redacted>`; ``reveal()`` is the one way to the text, so
/// that a reader finds every place where a secret leaves.
public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  private let text: String

  /// Wraps `text`.
  public init(_ text: String) {
    self.text = text
  }

  /// The text itself, for a header, a signature or a screen whose user asked to see it.
  public func reveal() -> String { text }

  /// `<redacted>`, always.
  public var description: String { "<redacted>" }

  /// `<redacted>`, always.
  public var debugDescription: String { "<redacted>" }

  /// No children, so that `dump` shows nothing.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
