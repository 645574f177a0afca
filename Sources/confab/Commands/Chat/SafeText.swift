import ACSWire
import Cells

/// Texts of others, made harmless for a terminal and for who reads lines.
enum SafeText {
  /// On one line; a sign stands for each character that a terminal would obey or that turns text around.
  static func line(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: result.append(" ")
      case 0..<0x20: result.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
      case 0x7F: result.append("\u{2421}")
      case _ where scalar.isSteering: result.append("\u{FFFD}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// Its lines, each as ``line(_:)`` has it.
  static func lines(_ text: String) -> [String] {
    text.split(omittingEmptySubsequences: false) { $0.isNewline }.map { line(String($0)) }
  }

  /// JSON in which what a terminal would obey is escaped.
  static func json(_ value: JSONValue) -> String {
    let text = value.text
    // Such characters stand in strings only, so that an escape means the same.
    guard text.unicodeScalars.contains(where: \.isSteering) else { return text }
    return text.unicodeScalars.map { $0.isSteering ? $0.escape : String($0) }.joined()
  }
}
