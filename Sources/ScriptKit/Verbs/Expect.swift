import ACSTypes
import ArgumentTable

extension Verb {
  static let expect = Verb(
    "expect", by: .person,
    [
      Form("expect SUBJECT …", "Lets the world settle, looks once, and fails when it is not so."),
      Form("expect no SUBJECT …", "Fails when there is one."),
      Form(
        "expect no SUBJECT … within 2s",
        "Gives it time to go away, and holds at the first moment at which there is none; that something does not come is said by 'advance 2s' before 'expect no'."
      ),
      Form(
        "expect SUBJECT …, once | twice | N times | at least N times | never",
        "Counts. Without a count a thing of the screen stands there once, and of two both are listed; what happened, happened at least once."
      ),
      Form(
        "expect SUBJECT … within 2s",
        "Gives it time to come about; on the virtual clock nobody waits."),
    ]
  ) { words throws(ScriptError) in
    let isNone = words.takes("no")
    guard let name = words.peekedWord else {
      throw words.mismatch(Subject.all.map(\.name).list)
    }
    guard let subject = Subject.named(name) else {
      let hint =
        nearest(to: name, in: Subject.all.map(\.name)).map { "; did you mean '\($0)'?" } ?? ""
      throw words.error(
        "nothing is called '\(name.shown)'; there are \(Subject.all.map(\.name).list)\(hint)")
    }
    words.skip()
    let look = try subject.parse(&words)
    var count: Expectation.Count = isNone ? .none : subject.isCounted ? .atLeast(1) : .one
    if words.takesComma() {
      let start = words
      count = try Expectation.Count(&words)
      if isNone { throw start.error("'expect no' has its count") }
    } else if Expectation.Count.begins(words) {
      throw words.error("a comma belongs before '\(words.peekedWord ?? "")'")
    }
    var within: Duration?
    if words.takes("within") { within = try words.duration("the time it may take") }
    return Expectation(
      subject: name, look: look, count: count, within: within, isOutcome: subject.isOutcome)
  }
}

extension Expectation.Count {
  /// True where a count stands.
  fileprivate static func begins(_ words: Words) -> Bool {
    var words = words
    return (try? Self(&words)) != nil
  }

  init(_ words: inout Words) throws(ScriptError) {
    if words.takes("once") {
      self = .exactly(1)
    } else if words.takes("twice") {
      self = .exactly(2)
    } else if words.takes("never") {
      self = .none
    } else if words.takes("at", "least") {
      if words.takes("once") {
        self = .atLeast(1)
        return
      }
      self = .atLeast(try words.number("how many times", in: 1...100_000))
      try words.needs("times")
    } else {
      let number = try words.number(
        "'once', 'N times', 'at least N times' or 'never'", in: 0...100_000)
      try words.needs("times")
      self = number == 0 ? .none : .exactly(number)
    }
  }
}
