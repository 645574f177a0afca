/// Why HTML cannot be read.
public struct HTMLError: Error, Hashable, Sendable {
  /// The broad kind.
  public enum Code: Hashable, Sendable {
    /// libxml2 is not on this machine.
    case libraryMissing
  }

  /// The broad kind.
  public var code: Code
  /// What is wrong and what to do.
  public var message: String

  /// - Parameter whyNotLoaded: The loader's words.
  init(whyNotLoaded: String) {
    code = .libraryMissing
    message = "HTML needs libxml2, which cannot be loaded (\(whyNotLoaded)): install libxml2."
  }
}
