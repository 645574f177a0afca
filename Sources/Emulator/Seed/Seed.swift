import ACSTypes
import ACSWire

/// What is there when an emulator starts: people, some of them bots, and threads with a past.
///
/// docs/emulator.md tells its form, `Examples/seed.json5` is one.
public struct Seed: Sendable {
  /// Somebody.
  struct Person: Sendable {
    /// What the rest of the seed, and `confab emulator users`, call them.
    let name: String
    let displayName: String
    let bot: BotScript?
  }

  /// A thread; its creator is the first participant.
  struct Thread: Sendable {
    let topic: String
    let participants: [String]
    let history: [Line]
  }

  /// What somebody said.
  struct Line: Sendable {
    let from: String
    let content: String
    let type: String
    /// How long before the start.
    let ago: Duration
    let readBy: [String]
  }

  let people: [Person]
  let threads: [Thread]

  /// Ten years, in minutes.
  private static let longestAgo = 5_256_000.0

  /// Reads a seed out of JSON.
  ///
  /// - Throws: ``SeedError``, which tells where.
  public init(json text: String) throws(SeedError) {
    let json: JSONValue
    do {
      json = try JSONValue.parse(Array(text.utf8))
    } catch {
      throw SeedError("", "\(error)")
    }
    let root = SeedValue(json: json, path: "")
    try root.allow("users", "threads")
    var people: [Person] = []
    for (name, value) in try root.optional("users")?.object() ?? [] {
      people.append(try Seed.person(name, value))
    }
    self.people = people
    let names = Set(people.map(\.name))
    var threads: [Thread] = []
    for value in try root.optional("threads")?.array() ?? [] {
      threads.append(try Seed.thread(value, names))
    }
    self.threads = threads
  }

  private static func person(_ name: String, _ value: SeedValue) throws(SeedError) -> Person {
    if let displayName = value.json.string {
      return Person(name: name, displayName: displayName, bot: nil)
    }
    try value.allow("name", "bot")
    var bot: BotScript?
    if let script = value.optional("bot") { bot = try BotScript(script) }
    return Person(name: name, displayName: try value.optional("name")?.text() ?? name, bot: bot)
  }

  private static func thread(
    _ value: SeedValue, _ names: Set<String>
  ) throws(SeedError) -> Thread {
    try value.allow("topic", "participants", "history")
    var participants: [String] = []
    for person in try value.required("participants").array() {
      let name = try known(person, names)
      guard !participants.contains(name) else {
        throw SeedError(person.path, "\(name) takes part already")
      }
      participants.append(name)
    }
    guard !participants.isEmpty else {
      throw SeedError("\(value.path).participants", "somebody has to take part")
    }
    var history: [Line] = []
    for line in try value.optional("history")?.array() ?? [] {
      let next = try Seed.line(line, Set(participants), before: history.last)
      history.append(next)
    }
    return Thread(
      topic: try value.required("topic").text(), participants: participants, history: history)
  }

  private static func line(
    _ value: SeedValue, _ people: Set<String>, before last: Line?
  ) throws(SeedError) -> Line {
    try value.allow("from", "text", "html", "minutesAgo", "readBy")
    let html = value.optional("html")
    guard let content = html ?? value.optional("text") else {
      throw SeedError(value.path, "text or html is missing")
    }
    let ago = try value.optional("minutesAgo")?.duration(of: .seconds(60), most: longestAgo)
    // What is said without a time comes a moment after the line before it.
    let moment = ago ?? last.map { max(.zero, $0.ago - .seconds(1)) } ?? .seconds(60)
    guard moment <= last?.ago ?? moment else {
      throw SeedError(
        "\(value.path).minutesAgo", "the lines of a history stand in the order of their times")
    }
    var readers: [String] = []
    for reader in try value.optional("readBy")?.array() ?? [] {
      readers.append(try known(reader, people))
    }
    return Line(
      from: try known(try value.required("from"), people), content: try content.text(),
      type: html == nil ? "text" : "html", ago: moment, readBy: readers)
  }

  private static func known(_ value: SeedValue, _ names: Set<String>) throws(SeedError) -> String {
    let name = try value.text()
    guard names.contains(name) else {
      let all = names.sorted().joined(separator: ", ")
      throw SeedError(
        value.path, "there is no \(name) here; there are \(all.isEmpty ? "none" : all)")
    }
    return name
  }
}
