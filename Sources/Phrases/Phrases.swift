/// What the interface says, in one spoken language.
///
/// Phrases are looked up by their English text, as gettext does; what a catalogue lacks is said in English.
public struct Phrases: Hashable, Sendable {
  private let catalogue: [String: String]

  /// A language by its translations; `[:]` is English.
  public init(catalogue: [String: String]) {
    self.catalogue = catalogue
  }

  /// English.
  public static let english = Phrases(catalogue: [:])

  /// The phrase in this language, with each `%` replaced by the next argument.
  ///
  /// Arguments too few leave nothing in their place; those too many are left out.
  public func callAsFunction(_ english: String, _ arguments: String...) -> String {
    let phrase = catalogue[english] ?? english
    guard !arguments.isEmpty else { return phrase }
    var rest = arguments.makeIterator()
    var result = ""
    for character in phrase {
      if character == "%" { result += rest.next() ?? "" } else { result.append(character) }
    }
    return result
  }
}
