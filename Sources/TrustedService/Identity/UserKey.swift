public import ACSTypes

/// What a person is looked up by.
public enum UserKey: Hashable, Sendable {
  /// The name by which callers ask for tokens.
  case name(CallerName)
  /// The ACS identity.
  case identity(CommunicationIdentifier)

  /// What the text that somebody typed may mean, the likeliest first: an identity begins with `8:acs:`, everything
  /// else is a name, or an authority's subject, in which case matters.
  public static func meanings(of text: String) -> [UserKey] {
    if text.hasPrefix("8:acs:") { return [.identity(CommunicationIdentifier(rawID: text))] }
    let name = CallerName(text)
    let subject = try? CallerName(subject: text)
    return [name, subject == name ? nil : subject].compactMap { $0.map(UserKey.name) }
  }
}
