extension ClientConfiguration {
  /// What is kept of threads, messages and what is not yet sent.
  public struct History: Hashable, Sendable {
    /// Where it is kept.
    public var place = Place.disk
    /// How long messages are kept; `nil` for ever.
    public var retention: Duration?

    /// Where a history is.
    public enum Place: Hashable, Sendable {
      /// On this machine, for the next start.
      case disk
      /// In memory, until the program ends.
      case memory
      /// Nowhere: what is not on the screen is asked for again, and nothing can be searched.
      case nowhere
    }
  }
}

extension ConfigurationDocument {
  /// `history`; what is absent or null stays as it is without.
  func history() throws(ConfigurationError) -> ClientConfiguration.History {
    try expectKeys("history", ["keep", "retentionDays"])
    var history = ClientConfiguration.History()
    switch value("history.keep") {
    case nil, .bool(true): break
    case .bool(false): history.place = .nowhere
    case .string("memory"): history.place = .memory
    case .string(let text):
      throw error(
        "history.keep", "history.keep must be true, false or \"memory\", not \"\(text)\"")
    case let value?: throw wrong("history.keep", "true, false or \"memory\"", value)
    }
    history.retention = try number("history.retentionDays", in: 1...36_500)
      .map { .seconds($0 * 86_400) }
    return history
  }
}
