/// Words as rare and as frequent as those of a language, the same for the same seed.
struct MadeUpText {
  private var state: UInt64
  private var words: [String] = []

  init(seed: UInt64) {
    state = seed
    var made: [String] = ["the", "to", "and", "message", "hello"]
    let letters = Array("eeeetttaaoooiinnsshrrdllucmfwypvbgkjqxz")
    while made.count < 50_000 {
      var word = ""
      for _ in 0..<2 + Int(next() % 8) { word.append(letters[Int(next() % UInt64(letters.count))]) }
      made.append(word)
    }
    words = made
  }

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A word; the nth is about as frequent as 1/n.
  mutating func word() -> String {
    let share = Double(next() >> 11) / Double(1 << 53)
    // The inverse of a distribution of 1/n.
    var rank = 1.0
    for _ in 0..<Int(share * 15.6) { rank *= 2 }
    let place = rank + rank * Double(next() >> 11) / Double(1 << 53)
    return words[min(words.count - 1, Int(place) - 1)]
  }

  /// A sentence of 3 to 20 words.
  mutating func sentence() -> String {
    var text = word()
    for _ in 0..<2 + next() % 18 { text += " " + word() }
    return text
  }
}
