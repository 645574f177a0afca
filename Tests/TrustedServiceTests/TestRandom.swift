import Services

/// Numbers that count up: a key that is not the town's.
final class TestRandom: RandomSource {
  func next() -> UInt64 { 42 }
}
