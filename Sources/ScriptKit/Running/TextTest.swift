/// What is demanded of a text.
enum TextTest: Sendable {
  /// It is this, to the letter.
  case `is`(ScriptText)
  /// It is anything but this.
  case isNot(ScriptText)
  /// This is a part of it.
  case has(ScriptText)
  /// This is no part of it.
  case hasNo(ScriptText)
  /// It is like this, with `*` for any text.
  case isLike(ScriptText)
  /// There is nothing in it.
  case isEmpty
  /// There is something in it.
  case isNotEmpty

  /// How it is written.
  static let usage =
    "is \"TEXT\" | is not \"TEXT\" | has \"TEXT\" | has no \"TEXT\" | is like \"TE*XT\" | is empty | is not empty"

  init(_ words: inout Words) throws(ScriptError) {
    if words.takes("is", "empty") {
      self = .isEmpty
    } else if words.takes("is", "not", "empty") {
      self = .isNotEmpty
    } else if words.takes("is", "not") {
      self = .isNot(try words.text("a text"))
    } else if words.takes("is", "like") {
      self = .isLike(try words.text("a pattern"))
    } else if words.takes("is") {
      self = .is(try words.text("a text"))
    } else if words.takes("has", "no") {
      self = .hasNo(try words.text("a text"))
    } else if words.takes("has") {
      let start = words
      let text = try words.text("a text")
      if text.literal?.isEmpty == true {
        throw start.error("every text has nothing in it; 'is empty' says that there is nothing")
      }
      self = .has(text)
    } else {
      throw words.mismatch("'is', 'is not', 'is like', 'is empty', 'has' or 'has no'")
    }
  }

  /// True when it says what is not so.
  var isNegative: Bool {
    switch self {
    case .isNot, .hasNo: true
    case .is, .has, .isLike, .isEmpty, .isNotEmpty: false
    }
  }

  /// True when `text` is as demanded; that it has nothing in it says nothing of a text, and does not hold.
  func holds(for text: String, _ run: SceneRun) -> Bool {
    switch self {
    case .is(let wanted): text == run.value(wanted)
    case .isNot(let wanted): text != run.value(wanted)
    case .has(let wanted): !run.value(wanted).isEmpty && text.contains(run.value(wanted))
    case .hasNo(let wanted): !text.contains(run.value(wanted))
    case .isLike(let wanted): Glob(run.value(wanted)).matches(text)
    case .isEmpty: text.isEmpty
    case .isNotEmpty: !text.isEmpty
    }
  }

  /// What is looked for; `nil` when that says nothing about what is there.
  func wanted(_ run: SceneRun) -> String? {
    switch self {
    case .is(let text), .has(let text), .isLike(let text): run.value(text)
    case .isNot, .hasNo, .isEmpty, .isNotEmpty: nil
    }
  }

  /// As a failure says it: `has "next try in"`.
  func words(_ run: SceneRun) -> String {
    switch self {
    case .is(let text): "is \(quoted(run.value(text)))"
    case .isNot(let text): "is not \(quoted(run.value(text)))"
    case .has(let text): "has \(quoted(run.value(text)))"
    case .hasNo(let text): "has no \(quoted(run.value(text)))"
    case .isLike(let text): "is like \(quoted(run.value(text)))"
    case .isEmpty: "is empty"
    case .isNotEmpty: "is not empty"
    }
  }
}

/// A text in quotes, as a script has it.
func quoted(_ text: String) -> String { "\"\(ScriptText.quoted(text))\"" }

/// The one of `candidates` that is most like a wanted text; `nil` when none is at all.
func mostAlike(_ wanted: String, _ candidates: some Sequence<String>) -> String? {
  var best: (text: String, likeness: Double)?
  for candidate in candidates {
    let likeness = likeness(wanted, candidate)
    if likeness > best?.likeness ?? 0.3 { best = (candidate, likeness) }
  }
  return best?.text
}

/// How much two texts have in common: the share of pairs of neighbouring letters (Dice's coefficient), 0 to 1.
private func likeness(_ left: String, _ right: String) -> Double {
  if left == right { return 1 }
  let (left, right) = (pairs(left), pairs(right))
  let count = left.values.reduce(0, +) + right.values.reduce(0, +)
  guard count > 0 else { return 0 }
  let common = left.reduce(0) { $0 + min($1.value, right[$1.key] ?? 0) }
  return Double(2 * common) / Double(count)
}

private func pairs(_ text: String) -> [[Character]: Int] {
  let letters = Array(text.lowercased().prefix(500))
  guard letters.count > 1 else { return letters.isEmpty ? [:] : [letters: 1] }
  var pairs: [[Character]: Int] = [:]
  for index in 1..<letters.count { pairs[[letters[index - 1], letters[index]], default: 0] += 1 }
  return pairs
}
