import EventLog

extension FuzzTarget {
  /// An event log: refused at a place of it, or gone through to its end.
  static let log = FuzzTarget("log", longestInput: 65_536) { bytes in
    do {
      var replay = try Replay(bytes)
      var count = 0
      while try replay.step() != nil {
        count += 1
        try requireEqual(replay.position, count, "the position")
      }
    } catch let error as EventLogError {
      try require(!error.message.isEmpty, "a refusal without words")
      try require(error.line >= 1 && error.column >= 1, "a place before the log")
    }
  }
}
