import ACSTypes

/// One user's commands and what became of them, so that a repeated one is done once.
struct RequestMemory: Sendable {
  /// How many commands of a user are remembered; the oldest are forgotten.
  static let limit = 256

  private struct Entry {
    var command: CallCommand
    /// The terminal that asked last: the answer goes there.
    var terminal: CallLeg.Terminal
    /// `nil` while the command is under way.
    var answer: CallSignal?
  }

  private var entries: [String: Entry] = [:]
  private var order: [String] = []

  /// What a command is to its user's earlier ones.
  enum Verdict: Hashable, Sendable {
    /// To be done.
    case new
    /// Done before, with this answer; `nil` while it is under way.
    case repeated(CallSignal?)
    /// Its id stood for another command.
    case conflicting
  }

  /// Takes a command, unless it was taken before.
  mutating func take(_ command: CallCommand, from terminal: CallLeg.Terminal) -> Verdict {
    if let known = entries[command.requestID] {
      guard known.command == command else { return .conflicting }
      entries[command.requestID]?.terminal = terminal
      return .repeated(known.answer)
    }
    entries[command.requestID] = Entry(command: command, terminal: terminal)
    order.append(command.requestID)
    if order.count > RequestMemory.limit { entries[order.removeFirst()] = nil }
    return .new
  }

  /// Remembers the answer to a command; gives the terminal to which it goes.
  mutating func answered(_ requestID: String, with signal: CallSignal) -> CallLeg.Terminal? {
    entries[requestID]?.answer = signal
    return entries[requestID]?.terminal
  }
}
