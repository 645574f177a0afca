public import ACSTypes

/// What a person is looked up by.
public enum UserKey: Hashable, Sendable {
  /// The name by which callers ask for tokens.
  case name(CallerName)
  /// The ACS identity.
  case identity(CommunicationIdentifier)
}

extension UserKey {
  /// Reads what a person typed: an identity begins with `8:acs:`, everything else is a name.
  init(_ text: String) throws(RequestProblem) {
    if text.hasPrefix("8:acs:") {
      self = .identity(CommunicationIdentifier(rawID: text))
    } else {
      self = .name(try CallerName(text, member: "user"))
    }
  }
}
