import ArgumentTable
import ACSTypes
public import ClientModel
import KeyInput

/// Writes down what people do at their clients, and what they see then, as a script that passes when it is played.
///
/// It writes what was given to a ``WorldStage``, in the same order and at the same moments: so the play comes to the same.
public struct ScriptRecorder {
  private enum Line {
    /// What somebody did or saw; `nil` for the world.
    case step(String?, String)
    /// Letters that are still being typed.
    case typed(String, String)
    /// Keys that are still being pressed.
    case pressed(String, [String])
  }

  /// What somebody saw so far.
  private struct Seen {
    var open: ChatThreadID?
    var messages: Set<ShownMessage.Sight> = []
    var kind: String?
    var threads: Set<String> = []
    var composer = ""
  }

  private let setting: SceneSetting
  private let scene: String
  private var lines: [Line] = []
  private var seen: [String: Seen] = [:]
  private var pause = Duration.zero
  /// Who has which id, which is another one in each play.
  private var people: [String: String] = [:]
  /// Whose ids are in the script, in the order in which they came.
  private var named: [String] = []

  /// A recorder of a scene that begins in the world of `setting`.
  public init(_ setting: SceneSetting, scene: String) {
    self.setting = setting
    self.scene = scene
  }

  // MARK: - What happens

  /// Somebody did something; what is told of the clock or of effects is none of it.
  public mutating func did(_ event: Event, by person: String) {
    switch event {
    case .keyPressed(let press):
      if let character = press.typedCharacter, character != "\t", character != "\n" {
        add(character, by: person)
      } else {
        add(key: press, by: person)
      }
    case .pasted(let text): add(person, "paste \(literal(text))")
    case .mouseUsed(let mouse, _):
      switch mouse.kind {
      case .press: add(person, "click at \(mouse.column + 1), \(mouse.row + 1)")
      case .scrollUp: add(person, "scroll up")
      case .scrollDown: add(person, "scroll down")
      case .release, .drag: break
      }
    case .resized(let size): add(person, "resize \(size.columns)x\(size.rows)")
    case .focusChanged(let isFocused): add(person, "look \(isFocused ? "back" : "away")")
    default: break
    }
  }

  /// Time passed in the world.
  public mutating func passed(_ duration: Duration) { pause += duration }

  /// Looks at what everybody sees, and writes down what is new to them.
  public mutating func look(at seats: [any Seat]) {
    for seat in seats {
      guard let state = seat.state else { continue }
      for line in news(of: seat.name, state) { add(seat.name, line) }
    }
  }

  /// What everybody sees now is not worth a line: the scene begins so.
  public mutating func begin(with seats: [any Seat]) {
    for seat in seats {
      guard let state = seat.state else { continue }
      if let id = state.me?.rawID { people[id] = seat.name }
      _ = news(of: seat.name, state)
    }
  }

  // MARK: - Lines

  private mutating func add(_ person: String, _ line: String) {
    writePause()
    lines.append(.step(person, line))
  }

  private mutating func add(_ character: Character, by person: String) {
    writePause()
    if case .typed(person, let text)? = lines.last {
      lines[lines.count - 1] = .typed(person, text + String(character))
    } else {
      lines.append(.typed(person, String(character)))
    }
  }

  private mutating func add(key press: KeyPress, by person: String) {
    writePause()
    let chord = press.description
    let isWord = !chord.contains { $0 == "," || $0 == "\"" } && chord.first != "#"
    let word = isWord ? chord : quoted(chord)
    if case .pressed(person, let keys)? = lines.last, keys.count < 12 {
      lines[lines.count - 1] = .pressed(person, keys + [word])
    } else {
      lines.append(.pressed(person, [word]))
    }
  }

  /// A text as the script has it, with people's ids by the names that the script gives them.
  private mutating func literal(_ text: String) -> String {
    var result = quoted(text)
    for (id, name) in people.sorted(by: { $0.value < $1.value }) where result.contains(id) {
      result = result.replacing(id, with: "${\(ScriptRecorder.variable(of: name))}")
      if !named.contains(name) { named.append(name) }
    }
    return result
  }

  private static func variable(of name: String) -> String {
    "idOf\(name.map { $0 == "-" ? "_" : String($0) }.joined())"
  }

  private mutating func writePause() {
    guard pause > .zero else { return }
    lines.append(.step(nil, "advance \(DurationText.text(pause))"))
    pause = .zero
  }

  /// The script so far.
  public var text: String {
    var text = ["needs confab 1", "screen \(setting.screen.columns)x\(setting.screen.rows)"]
    text.append("users \(setting.users.joined(separator: ", "))")
    if !setting.hasEvents { text.append("realtime off") }
    for thread in setting.threads {
      text.append("thread \(quoted(thread.topic)) with \(thread.members.joined(separator: ", "))")
      text += thread.messages.map { "  message \(quoted($0.text)) from \($0.sender)" }
    }
    text += ["", "scene \(quoted(scene))"]
    for name in named {
      text += ["  as \(name)", "    let \(ScriptRecorder.variable(of: name)) = state me"]
    }
    var person: String?
    for line in lines {
      let (actor, words): (String?, String)
      switch line {
      case .step(let name, let step): (actor, words) = (name, step)
      case .typed(let name, let letters): (actor, words) = (name, "type \(quoted(letters))")
      case .pressed(let name, let keys):
        (actor, words) = (name, "press \(keys.joined(separator: " "))")
      }
      if let actor, actor != person { text.append("  as \(actor)") }
      person = actor
      text.append("\(actor == nil ? "  " : "    ")\(words)")
    }
    if lines.isEmpty { text.append("  advance 1s") }
    return text.joined(separator: "\n") + "\n"
  }

  // MARK: - What is seen

  /// What is new to somebody, as expectations that hold now.
  private mutating func news(of person: String, _ state: ClientState) -> [String] {
    var known = seen[person] ?? Seen()
    var lines: [String] = []
    let kind = state.connectionStatus.kind
    if known.kind != kind {
      lines.append("expect state connection.kind is \(quoted(kind))")
      known.kind = kind
    }
    let titles = state.threads.entries.map { state.title(of: $0.thread.id) }
    for title in titles where !known.threads.contains(title) {
      known.threads.insert(title)
      if titles.count(where: { $0 == title }) == 1 {
        lines.append("expect thread \(quoted(title))")
      }
    }
    if let open = state.threads.open {
      if known.open != open, titles.count(where: { $0 == state.title(of: open) }) == 1 {
        lines.append("expect thread \(quoted(state.title(of: open))) is open")
      }
      known.open = open
      let all = state.shownMessages(in: open).filter { $0.kind != .system }
      for message in all where known.messages.insert(message.sight(in: open)).inserted {
        // Two that are alike make one line, which says how many there are.
        let news = expectation(of: message, among: all, state)
        lines += news.filter { !lines.contains($0) }
      }
    }
    if known.composer != state.composer.text, !state.composer.isEmpty {
      lines.append("expect composer is \(literal(state.composer.text))")
    }
    known.composer = state.composer.text
    seen[person] = known
    return lines
  }

  private mutating func expectation(
    of message: ShownMessage, among all: [ShownMessage], _ state: ClientState
  ) -> [String] {
    guard message.kind == .text else {
      let count = all.count { $0.kind == .deleted }
      return ["expect message is deleted, \(ScriptRecorder.times(count))"]
    }
    var line = "expect message \(literal(message.text))"
    var alike = all.filter { $0.text == message.text && $0.kind == .text }
    if let name = setting.users.first(where: { $0 == message.name }) {
      line += " from \(name)"
      alike = alike.filter { $0.sender == message.sender }
    }
    let mark = message.mark
    if mark != .none {
      line += " is \(mark)"
      alike = alike.filter { $0.mark == mark }
    } else if case .message = message.key, message.sender == state.me {
      line += " is sent"
      alike = alike.filter { if case .message = $0.key { true } else { false } }
    }
    return ["\(line), \(ScriptRecorder.times(alike.count))"]
  }

  private static func times(_ count: Int) -> String {
    switch count {
    case 1: "once"
    case 2: "twice"
    default: "\(count) times"
    }
  }
}

extension ShownMessage {
  /// What makes a message look new to somebody.
  struct Sight: Hashable {
    var thread: ChatThreadID
    var key: MessageRow.Key
    var text: String
    var mark: MessageRow.Mark
    var kind: MessageRow.Kind
  }

  func sight(in thread: ChatThreadID) -> Sight {
    Sight(thread: thread, key: key, text: text, mark: mark, kind: kind)
  }
}
