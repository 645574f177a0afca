import ArgumentTable

/// What a line of a scene can begin with: one value, one file in `Verbs`.
///
/// The check, the reference and the editors' grammars are made from ``all``.
public struct Verb: Sendable {
  /// Who does it.
  public enum Actor: Hashable, Sendable {
    /// Somebody: it stands below `as`.
    case person
    /// The world: it stands in the scene itself.
    case world
    /// It may stand in both.
    case either
  }

  /// A way to write it.
  public struct Form: Hashable, Sendable {
    /// The line, with what is to be put in in capitals: `open "TOPIC"`.
    public var usage: String
    /// What it does, as a sentence.
    public var meaning: String

    init(_ usage: String, _ meaning: String) {
      self.usage = usage
      self.meaning = meaning
    }
  }

  /// The word or words that the line begins with.
  public let name: String
  /// Who does it.
  public let actor: Actor
  /// The ways to write it.
  public let forms: [Form]
  /// What else is good to know; empty when nothing is.
  public let about: String
  let parse: @Sendable (inout Words) throws(ScriptError) -> any Act

  init(
    _ name: String, by actor: Actor, _ forms: [Form], about: String = "",
    parse: @escaping @Sendable (inout Words) throws(ScriptError) -> any Act
  ) {
    self.name = name
    self.actor = actor
    self.forms = forms
    self.about = about
    self.parse = parse
  }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
  private static let firstWords = Set(all.compactMap { $0.name.split(separator: " ").first })

  /// What other tools of the kind call what is here.
  private static let otherNames = [
    "wait": "advance", "pause": "advance", "delay": "advance", "write": "type", "keys": "press",
    "say": "send", "assert": "expect", "verify": "expect", "see": "expect",
    "screenshot": "snapshot",
    "set": "let", "loop": "repeat", "source": "include", "stop": "kill",
  ]

  /// Takes the verb that a line begins with.
  static func take(_ words: inout Words) throws(ScriptError) -> Verb {
    guard let first = words.peekedWord else { throw words.mismatch("a verb") }
    let start = words
    if let verb = byName[first] {
      words.skip()
      return verb
    }
    if firstWords.contains(first[...]) {
      words.skip()
      if let second = words.peekedWord, let verb = byName["\(first) \(second)"] {
        words.skip()
        return verb
      }
    }
    let names = all.map(\.name) + ["as"]
    let written = start.line.tokens.count > 1 ? "\(first) \(words.peekedWord ?? "")" : first
    let near =
      otherNames[first] ?? nearest(to: first, in: names) ?? nearest(to: written, in: names)
      ?? names.first { $0.hasPrefix("\(first) ") } ?? nearest(to: first.lowercased(), in: names)
    let hint = near.map { "; did you mean '\($0)'?" } ?? ""
    if Heading.all.contains(where: { $0.name == first }) {
      throw start.error("'\(first)' stands before the first scene, not in one")
    }
    throw start.error("there is no verb '\(first.shown)'\(hint)")
  }
}

/// What a step does when it is its turn.
protocol Act: Sendable {
  /// Does it, or finds out that it cannot be done.
  func perform(_ run: SceneRun) throws(StepFailure)
  /// True when it only looks.
  var isExpectation: Bool { get }
  /// True when lines below it belong to it.
  var hasBlock: Bool { get }
}

extension Act {
  var isExpectation: Bool { false }
  var hasBlock: Bool { false }
}
