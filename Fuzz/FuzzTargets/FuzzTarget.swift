/// One parser under attack: takes any bytes, and says when what must always hold does not.
///
/// A parser that traps or runs for ever is found by whoever feeds it: libFuzzer, or the test that replays the corpus.
public struct FuzzTarget: Sendable, CustomStringConvertible {
  /// The name on the command line, and of the folder in `Fuzz/Corpus`.
  public let name: String
  /// The longest input that is worth trying, in bytes.
  public let longestInput: Int
  private let body: @Sendable ([UInt8]) throws -> Void

  init(
    _ name: String, longestInput: Int = 4096, _ body: @escaping @Sendable ([UInt8]) throws -> Void
  ) {
    self.name = name
    self.longestInput = longestInput
    self.body = body
  }

  /// Feeds one input.
  ///
  /// - Throws: ``BrokenInvariant`` when something that must always hold did not.
  public func check(_ input: [UInt8]) throws {
    try body(input)
  }

  /// The name.
  public var description: String { name }

  /// The target of that name.
  public static func named(_ name: String) -> FuzzTarget? { all.first { $0.name == name } }
}

/// Something that must hold for every input, and did not for this one.
public struct BrokenInvariant: Error, CustomStringConvertible {
  /// What should hold, and what was found instead.
  public let description: String

  init(_ description: String) { self.description = description }
}

/// Says that something must hold.
///
/// - Throws: ``BrokenInvariant`` when it does not.
func require(
  _ condition: Bool, _ words: @autoclosure () -> String
) throws(BrokenInvariant) {
  guard condition else { throw BrokenInvariant(words()) }
}

/// Says that two values are the same.
///
/// - Throws: ``BrokenInvariant`` with both when they are not.
func requireEqual<Value: Equatable>(
  _ found: Value, _ expected: Value, _ what: @autoclosure () -> String
) throws(BrokenInvariant) {
  guard found == expected else {
    throw BrokenInvariant("\(what()): \(found) should be \(expected)")
  }
}
