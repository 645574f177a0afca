import ACSTypes
import ClientModel

/// A line before the first scene: what holds for every scene.
public struct Heading: Sendable {
  /// The word that the line begins with.
  public let name: String
  /// The ways to write it.
  public let forms: [Verb.Form]
  /// True for what holds once for all; a script that says it twice is wrong.
  let isSetting: Bool
  let apply: @Sendable (inout Words, inout Script) throws(ScriptError) -> Void

  init(
    _ name: String, _ forms: [Verb.Form], isSetting: Bool = false,
    apply: @escaping @Sendable (inout Words, inout Script) throws(ScriptError) -> Void
  ) {
    self.name = name
    self.forms = forms
    self.isSetting = isSetting
    self.apply = apply
  }

  /// All of them, in the order in which a script has them best.
  public static let all: [Heading] = [
    needs, screen, users, thread, seed, clock, tokens, pages, realtime, constant, include,
  ]

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  static func named(_ name: String) -> Heading? { byName[name] }

  private static let needs = Heading(
    "needs",
    [
      .init(
        "needs confab 1",
        "Says which version of the language the script is written in, so that an older Confab tells what is wrong."
      )
    ]
  ) { words, _ throws(ScriptError) in
    try words.needs("confab")
    let version = try words.number("the version of the language", in: 1...1_000_000)
    guard version <= Script.version else {
      words.scope.versionError = ScriptError(
        words.line.place,
        "the script needs version \(version) of the language, and this Confab knows version \(Script.version)"
      )
      return
    }
  }

  private static let screen = Heading(
    "screen", [.init("screen COLUMNSxROWS", "The size of everybody's screen; 80x24 without it.")],
    isSetting: true
  ) { words, script throws(ScriptError) in script.setting.screen = try words.size() }

  private static let users = Heading(
    "users",
    [
      .init(
        "users NAME, NAME…",
        "The people. Each has a client, which runs and is signed in when a scene begins.")
    ]
  ) { words, script throws(ScriptError) in
    repeat {
      let place = words.place
      let name = try words.anyWord("the name of a user")
      guard let first = name.first, first.isLetter,
        name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }), name.count <= 40
      else {
        throw ScriptError(
          place, "a name begins with a letter, and has letters, digits, '-' and '_', not '\(name)'")
      }
      guard words.scope.add(user: name) else {
        throw ScriptError(place, "there is a user '\(name)' already")
      }
    } while words.takesComma()
    script.setting.users = words.scope.users
  }

  private static let thread = Heading(
    "thread",
    [
      .init(
        "thread \"TOPIC\" with NAME, NAME…",
        "A thread that there is; the first of the people made it."),
      .init("  message \"TEXT\" from NAME", "What was said in it, oldest first; below the thread."),
    ]
  ) { words, script throws(ScriptError) in script.setting.threads.append(try ThreadSetting(&words))
  }

  private static let seed = Heading(
    "seed",
    [.init("seed N", "Makes all chance: ids, the order of what happens at once; 1 without it.")],
    isSetting: true
  ) { words, script throws(ScriptError) in
    script.setting.seed = UInt64(try words.number("a seed", in: 0...1_000_000_000_000))
  }

  private static let clock = Heading(
    "clock",
    [.init("clock 2026-11-21T09:00:00Z", "When scenes begin; this moment without it.")],
    isSetting: true
  ) { words, script throws(ScriptError) in
    guard let word = words.peekedWord, let moment = Timestamp(iso8601: word),
      (Timestamp(seconds: 946_684_800)...Timestamp(seconds: 4_102_444_800)).contains(moment)
    else { throw words.mismatch("a moment of this century such as 2026-11-21T09:00:00Z") }
    words.skip()
    script.setting.start = moment
  }

  private static let tokens = Heading(
    "tokens",
    [.init("tokens live DURATION", "How long a user's token lives, 60m to 24h; 24h without it.")],
    isSetting: true
  ) { words, script throws(ScriptError) in
    try words.needs("live")
    let start = words
    let life = try words.duration("how long tokens live")
    guard (.seconds(3600)...(.seconds(86_400))).contains(life) else {
      throw start.error("a token lives 60m to 24h")
    }
    script.setting.tokenLife = life
  }

  private static let pages = Heading(
    "pages",
    [
      .init(
        "pages of N messages",
        "The service gives messages in small pages; its own limit without it.")
    ], isSetting: true
  ) { words, script throws(ScriptError) in
    try words.needs("of")
    script.setting.messagesPageLimit = try words.number("the size of a page", in: 1...200)
    try words.needs("messages")
  }

  private static let realtime = Heading(
    "realtime",
    [
      .init(
        "realtime on | off",
        "Off: clients ask every few seconds, and take no events as they happen. On without it.")
    ],
    isSetting: true
  ) { words, script throws(ScriptError) in
    script.setting.hasEvents = try words.word("'realtime'", of: ["on", "off"]) == "on"
  }

  private static let constant = Heading(
    "let", [.init("let NAME = \"TEXT\"", "Gives a text a name, which stands for it as $NAME.")]
  ) { words, script throws(ScriptError) in
    let name = try words.newVariable()
    try words.needs("=")
    let start = words
    let value = try words.text("the value")
    let text = value.value(words.scope.constants)
    guard text.utf8.count <= ScriptText.longestValue else {
      throw start.error("a variable holds \(ScriptText.longestValue) bytes at the most")
    }
    script.constants.append(.init(name: name, value: text))
    words.scope.constants[name] = text
    words.scope.variables.insert(name)
  }

  private static let include = Heading(
    "include",
    [
      .init(
        "include \"FILE\"",
        "Takes in the lines of another file, which is named from this one's folder.")
    ]
  ) { _, _ throws(ScriptError) in preconditionFailure("the parser takes files in") }
}

extension Words {
  /// A name that `let` or `repeat` gives a value.
  mutating func newVariable() throws(ScriptError) -> String {
    let start = self
    let word = try anyWord("a name")
    let name = word.first == "$" ? String(word.dropFirst()) : word
    guard let first = name.first, first.isLetter,
      name.allSatisfy({ $0.isLetter || "0"..."9" ~= $0 || $0 == "_" })
    else {
      throw start.error("a variable's name begins with a letter, and has letters, digits and '_'")
    }
    return name
  }
}

extension ThreadSetting {
  /// Reads `"TOPIC" with NAME, NAME` and the messages below.
  init(_ words: inout Words) throws(ScriptError) {
    topic = try words.fixedText("the topic")
    try words.needs("with")
    let start = words
    members = try words.names()
    guard Set(members).count == members.count else { throw start.error("somebody is named twice") }
    for line in words.children where !line.isBroken {
      var message = Words(line, in: words.scope)
      try message.needs("message")
      let text = try message.fixedText("the message")
      try message.needs("from")
      let sender = message
      let name = try message.name()
      guard members.contains(name) else {
        throw sender.error("\(name) is not in the thread \"\(topic)\"")
      }
      try message.end()
      try message.noBlock()
      messages.append(Message(sender: name, text: text))
    }
  }
}
