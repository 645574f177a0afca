public import ACSTypes
import ACSWire

/// The token in what somebody pastes or pipes.
public struct TokenText: Hashable, Sendable {
  /// The token.
  public let token: Secret

  /// Takes a bare token, one behind `Bearer`, or a token service's whole answer, blanks around them allowed.
  ///
  /// - Returns: `nil` for a text without one.
  public init?(_ input: String) {
    let words = input.split { $0.isWhitespace || $0 == "\u{FEFF}" }
    guard let first = words.first else { return nil }
    if first.hasPrefix("{") {
      guard let answer = try? TokenServiceAnswer(bytes: Array(input.utf8)) else { return nil }
      token = answer.token.token
    } else if words.count == 2, first.lowercased() == "bearer" {
      token = Secret(String(words[1]))
    } else if words.count == 1 {
      token = Secret(String(first))
    } else {
      return nil
    }
  }
}
