import KeyInput

extension FuzzTarget {
  /// The notation of keys in configurations.
  static let chords = FuzzTarget("chords", longestInput: 64) { bytes in
    guard let press = KeyPress(chord: decoded(bytes)) else { return }
    try requireEqual(KeyPress(chord: press.description), press, "written and read")
  }
}
