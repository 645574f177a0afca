import ACSTypes
import ACSWire
public import ClientModel

/// Turns what happens into the lines of a log; where they are kept is for others.
///
/// Tokens are taken out of every text of every line, texts and people if asked.
public struct EventLogWriter: Sendable {
  private let redaction: Redaction
  /// Without a slash at its end; `nil` when no path is to be shortened.
  private let home: String?
  private var people = Pseudonyms()
  private var typed = TypedTokens()
  /// The codes to sign in with that were shown: whoever types one signs this client in.
  private var codes: Set<String> = []
  /// How many occurrences were written.
  private var count = 0

  /// A writer of lines that leave out what `redaction` says, and have `~` for the folder `home`.
  public init(redaction: Redaction, home: String? = nil) {
    self.redaction = redaction
    let path = home.map { $0.last == "/" ? String($0.dropLast()) : $0 }
    self.home = path.flatMap { $0.count > 1 && $0.first == "/" ? $0 : nil }
  }

  /// The first line, with its line feed.
  public mutating func header(_ state: ClientState, program: String) -> [UInt8] {
    var header = EventLogHeader(state, program: program, redaction: redaction)
    if redaction.coversTexts {
      header.settings.displayName = placeholder(for: header.settings.displayName)
    }
    return line(header)
  }

  /// The line of an occurrence, with its line feed; `state`, to which it happens, tells whether a key writes.
  public mutating func line(_ occurrence: Occurrence, in state: ClientState) -> [UInt8] {
    var occurrence = occurrence
    if case .signInPrompted(var prompt?) = occurrence.event {
      if prompt.userCode.count >= 4 { codes.insert(prompt.userCode) }
      prompt.userCode = placeholder(for: prompt.userCode)
      occurrence.event = .signInPrompted(prompt)
    }
    if case .keyPressed(let press) = occurrence.event {
      occurrence.event = .keyPressed(typed.withoutToken(press, in: state))
    }
    if redaction.coversTexts { occurrence.event = occurrence.event.withoutTexts(in: state) }
    count += 1
    return line(LoggedOccurrence(occurrence, number: count))
  }

  /// The name of a home folder is that of its owner.
  private func withoutHome(_ text: String) -> String {
    guard let home, text.utf8.contains(UInt8(ascii: "/")) else { return text }
    var result = ""
    var rest = text[...]
    while let range = rest.firstRange(of: home) {
      let neighbours = [rest[..<range.lowerBound].last, rest[range.upperBound...].first]
      let isWhole = !neighbours.contains { $0?.isLetter ?? false || $0?.isNumber ?? false }
      result += rest[..<range.lowerBound] + (isWhole ? "~" : home)
      rest = rest[range.upperBound...]
    }
    return result + rest
  }

  private func withoutCodes(_ text: String) -> String {
    codes.reduce(text) { $0.replacing($1, with: placeholder(for: $1)) }
  }

  private mutating func line(_ value: some Encodable) -> [UInt8] {
    do {
      let people = redaction.coversPeople
      var form = try JSONValue(encoding: value)
      if people { form = form.mappingMetadata { self.people.name(for: $0) } }
      form = form.mappingTexts { text in
        let text = withoutTokens(withoutCodes(withoutHome(text)))
        return people ? self.people.replacing(in: text) : text
      }
      return form.bytes + [0x0A]
    } catch {
      // No event holds a number that JSON cannot write; the reader says so should one ever do.
      return Array("\"\(type(of: value)) cannot be written\"\n".utf8)
    }
  }
}

/// The form of one line.
struct LoggedOccurrence: Codable {
  /// From 1 on, so that a line that was removed, doubled or moved is noticed.
  var number: Int
  var at: Timestamp
  /// Sixteen hexadecimal digits: programs that read JSON numbers as doubles would round it.
  var entropy: String
  var event: Event

  init(_ occurrence: Occurrence, number: Int) {
    self.number = number
    at = occurrence.now
    let digits = String(occurrence.entropy, radix: 16)
    entropy = String(repeating: "0", count: 16 - digits.utf8.count) + digits
    event = occurrence.event
  }

  /// What was written; `nil` when the digits are none.
  var occurrence: Occurrence? {
    UInt64(entropy, radix: 16).map { Occurrence(now: at, entropy: $0, event: event) }
  }
}

extension JSONValue {
  /// The same value with every text in it changed, names of members included.
  func mappingTexts(_ change: (String) -> String) -> JSONValue {
    switch self {
    case .string(let text): .string(change(text))
    case .array(let values): .array(values.map { $0.mappingTexts(change) })
    case .object(let object):
      .object(
        JSONObject(object.members.map { (change($0.name), $0.value.mappingTexts(change)) }))
    default: self
    }
  }

  /// The same value with the names of metadata changed, which whoever writes messages makes up.
  func mappingMetadata(_ change: (String) -> String) -> JSONValue {
    switch self {
    case .array(let values): .array(values.map { $0.mappingMetadata(change) })
    case .object(let object):
      .object(
        JSONObject(
          object.members.map { member in
            guard member.name == "metadata", let names = member.value.object else {
              return (member.name, member.value.mappingMetadata(change))
            }
            return (
              "metadata", .object(JSONObject(names.members.map { (change($0.name), $0.value) }))
            )
          }))
    default: self
    }
  }
}
