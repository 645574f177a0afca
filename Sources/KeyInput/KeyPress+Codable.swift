/// A press is written as its chord, and with its parts where the chord would not give the same press back.
extension KeyPress: Codable {
  private enum CodingKeys: String, CodingKey {
    case character
    case function
    case named
    case modifiers
  }

  /// Reads what ``encode(to:)`` writes.
  public init(from decoder: any Decoder) throws {
    guard let parts = try? decoder.container(keyedBy: CodingKeys.self) else {
      let container = try decoder.singleValueContainer()
      let chord = try container.decode(String.self)
      guard let press = KeyPress(chord: chord) else {
        throw DecodingError.dataCorruptedError(
          in: container, debugDescription: "\"\(chord)\" is not a key, as \"C-n\" or \"F5\" is")
      }
      self = press
      return
    }
    let modifiers = try parts.decode(Modifiers.self, forKey: .modifiers)
    if let text = try parts.decodeIfPresent(String.self, forKey: .character) {
      guard text.count == 1 else {
        throw DecodingError.dataCorruptedError(
          forKey: .character, in: parts, debugDescription: "one character is wanted")
      }
      self.init(.character(Character(text)), modifiers)
    } else if let number = try parts.decodeIfPresent(Int.self, forKey: .function) {
      self.init(.function(number), modifiers)
    } else {
      let name = try parts.decode(String.self, forKey: .named)
      guard let press = KeyPress(chord: name) else {
        throw DecodingError.dataCorruptedError(
          forKey: .named, in: parts, debugDescription: "there is no key \"\(name)\"")
      }
      self.init(press.key, modifiers)
    }
  }

  /// Writes the chord, or the parts.
  public func encode(to encoder: any Encoder) throws {
    let chord = description
    // Every letter has a chord: the look-up is for what no terminal sends.
    guard KeyPress(chord: chord) != self else {
      var container = encoder.singleValueContainer()
      return try container.encode(chord)
    }
    var parts = encoder.container(keyedBy: CodingKeys.self)
    try parts.encode(modifiers, forKey: .modifiers)
    switch key {
    case .character(let character): try parts.encode(String(character), forKey: .character)
    case .function(let number): try parts.encode(number, forKey: .function)
    default: try parts.encode(KeyPress(key).description, forKey: .named)
    }
  }
}
