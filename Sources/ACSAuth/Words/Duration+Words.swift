extension Duration {
  /// The duration as people say it, with its two largest units: `23 h 59 min`, `9 min 30 s`, `45 s`, `300 ms`.
  ///
  /// Seconds are dropped from an hour on; a negative duration is written as a positive one.
  public var words: String {
    let milliseconds = components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    let length = milliseconds.magnitude
    if length < 1000 { return "\(length) ms" }
    let seconds = length / 1000
    let (days, hours) = (seconds / 86_400, seconds / 3600 % 24)
    let (minutes, rest) = (seconds / 60 % 60, seconds % 60)
    if days > 0 { return joined(days, "d", hours, "h") }
    if hours > 0 { return joined(hours, "h", minutes, "min") }
    return minutes > 0 ? joined(minutes, "min", rest, "s") : "\(rest) s"
  }
}

private func joined(_ large: UInt64, _ unit: String, _ small: UInt64, _ smallUnit: String)
  -> String
{
  small == 0 ? "\(large) \(unit)" : "\(large) \(unit) \(small) \(smallUnit)"
}
