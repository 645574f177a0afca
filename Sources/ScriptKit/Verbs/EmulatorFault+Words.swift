import Emulator

extension EmulatorFault {
  init(_ words: inout Words) throws(ScriptError) {
    let name = try words.word("what the emulator does wrong", of: EmulatorFault.kinds)
    guard let kind = FaultKind(rawValue: name) else { preconditionFailure("\(name) is a kind") }
    self.init(kind: kind)
    let parts = EmulatorFault.parts(of: kind)
    while !words.isAtEnd {
      if parts.contains("by"), try words.takesOnce("by", unless: time != nil) {
        time = try words.duration("a length of time")
      } else if parts.contains("on event"),
        try words.takesOnce("on", "event", unless: event != nil)
      {
        event = try words.number("an event's number", in: 0...100_000)
      } else if parts.contains("to"), try words.takesOnce("to", unless: person != nil) {
        person = try words.name()
      } else if parts.contains("for"), try words.takesOnce("for", unless: count != nil) {
        count = try words.number("how many times", in: 1...1_000_000)
        try words.needs("times")
      } else {
        let wanted = parts.map { "'\($0)'" } + ["the end of the line"]
        throw words.mismatch(
          "of '\(name)' \(wanted.dropLast().joined(separator: ", "))\(wanted.count > 1 ? " or " : "")\(wanted.last ?? "")"
        )
      }
    }
  }

  /// What can be said of a kind.
  private static func parts(of kind: FaultKind) -> [String] {
    (kind.takesTime ? ["by"] : []) + (kind.concernsEvents ? ["on event"] : [])
      + (kind.concernsPeople ? ["to"] : []) + (kind.isAtOnce ? [] : ["for"])
  }
}
