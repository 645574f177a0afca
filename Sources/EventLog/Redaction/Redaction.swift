/// What is left out of a log; tokens always are.
public enum Redaction: String, Hashable, Sendable, Codable, CaseIterable {
  /// Tokens alone.
  case tokens
  /// What people wrote as well: messages, topics, names, keys that write, pastes.
  case texts
  /// And who they are: ids get numbers instead, the same one for the same person.
  case people

  /// True when what people wrote is left out.
  var coversTexts: Bool { self != .tokens }
  /// True when who they are is left out.
  var coversPeople: Bool { self == .people }
}
