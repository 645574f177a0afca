import ACSTypes

extension Words {
  /// The pattern of a request's path.
  mutating func pathPattern() throws(ScriptError) -> ScriptText {
    let start = self
    let path = try text("the path")
    guard let first = path.pieces.first else { throw start.error("a path has something in it") }
    if case .literal(let text) = first, text.first != "/", text.first != "*" {
      throw start.error("a path begins with '/' or, for any beginning, with '*'")
    }
    return path
  }
}

extension FaultRule {
  init(_ words: inout Words) throws(ScriptError) {
    let name = try words.word("what fails", of: Target.allCases.map(\.rawValue))
    guard let target = Target(rawValue: name) else { preconditionFailure("\(name) is a target") }
    let start = words
    let effect: Effect
    if words.takes("answers") {
      let status = try words.number("a status", in: 100...599)
      effect = .answers(
        status: status,
        retryAfter: words.takes("after") ? try words.duration("how long to wait") : nil)
    } else if words.takes("is", "down") {
      effect = .isDown
    } else if words.takes("is", "slow", "by") {
      effect = .isSlow(try words.duration("how slow"))
    } else if words.takes("loses", "requests") {
      effect = .losesRequests
    } else if words.takes("loses", "answers") {
      effect = .losesAnswers
    } else if words.takes("resets") {
      effect = .resets
    } else if words.takes("duplicates") {
      effect = .duplicates
    } else if words.takes("repeats", "an", "old", "answer") {
      effect = .repeatsOldAnswers
    } else if words.takes("falls", "silent") {
      guard target == .events || target == .network else {
        throw start.error("sockets fall silent: those of 'events'")
      }
      effect = .fallsSilent
    } else {
      throw words.mismatch(
        "'answers', 'is down', 'is slow by', 'loses requests', 'loses answers', 'resets', 'duplicates', 'falls silent' or 'repeats an old answer'"
      )
    }
    self.init(target, effect)
    while !words.isAtEnd {
      if try words.takesOnce("on", unless: path != nil) {
        method = try words.word("a method", of: ["GET", "POST", "PUT", "PATCH", "DELETE"])
        let start = words
        guard let literal = try words.pathPattern().literal else {
          throw start.error("the path holds no variables")
        }
        path = Glob(literal)
      } else if try words.takesOnce("to", unless: !people.isEmpty) {
        people = try words.names()
      } else if try words.takesOnce("for", unless: remaining != nil || length != nil) {
        if let word = words.peekedWord, let count = Int(word) {
          guard (1...1_000_000).contains(count) else {
            throw words.error("how many times is 1 to 1000000")
          }
          words.skip()
          guard words.takes("times") || words.takes("requests") else {
            throw words.mismatch("'times'")
          }
          remaining = count
        } else {
          length = try words.duration("how long it fails")
        }
      } else {
        throw words.mismatch("'on', 'to', 'for' or the end of the line")
      }
    }
  }
}
