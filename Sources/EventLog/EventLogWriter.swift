import ACSTypes
import ACSWire
public import ClientModel

/// Turns what happens into the lines of a log; where they are kept is for others.
///
/// Tokens are taken out of every text of every line, texts and people if asked.
public struct EventLogWriter: Sendable {
  private let redaction: Redaction
  private var people = Pseudonyms()
  private var typed = TypedTokens()
  /// The codes to sign in with that were shown: whoever types one signs this client in.
  private var codes: Set<String> = []

  /// A writer of lines that leave out what `redaction` says.
  public init(redaction: Redaction) {
    self.redaction = redaction
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
    return line(LoggedOccurrence(occurrence))
  }

  private func withoutCodes(_ text: String) -> String {
    codes.reduce(text) { $0.replacing($1, with: placeholder(for: $1)) }
  }

  private mutating func line(_ value: some Encodable) -> [UInt8] {
    do {
      let people = redaction.coversPeople
      let form = try JSONValue(encoding: value).mappingTexts { text in
        let text = withoutTokens(withoutCodes(text))
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
  var at: Timestamp
  /// Sixteen hexadecimal digits: programs that read JSON numbers as doubles would round it.
  var entropy: String
  var event: Event

  init(_ occurrence: Occurrence) {
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
}
