/// Many texts in one run of bytes.
struct TextArena: Sendable {
  /// Where a text is.
  struct Piece: Sendable {
    fileprivate var offset: UInt32 = 0
    fileprivate var count: UInt32 = 0
  }

  private var bytes: [UInt8] = []
  private var wasted = 0

  /// True when it is worth copying what is used into a fresh one.
  var isWasteful: Bool { wasted > 4096 && wasted > bytes.count / 2 }

  /// The text of a piece that this arena gave.
  subscript(piece: Piece) -> String {
    String(decoding: bytes[range(piece)], as: UTF8.self)
  }

  mutating func append(_ text: String) -> Piece {
    let piece = Piece(offset: UInt32(bytes.count), count: UInt32(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
    return piece
  }

  mutating func append(copying piece: Piece, of other: TextArena) -> Piece {
    let copy = Piece(offset: UInt32(bytes.count), count: piece.count)
    bytes.append(contentsOf: other.bytes[other.range(piece)])
    return copy
  }

  /// Gives a piece up; its bytes go with the next copy.
  mutating func drop(_ piece: Piece) {
    wasted += Int(piece.count)
  }

  private func range(_ piece: Piece) -> Range<Int> {
    Int(piece.offset)..<Int(piece.offset) + Int(piece.count)
  }
}

/// Values by small numbers, each kept once.
struct Interned<Value: Hashable & Sendable>: Sendable {
  /// The number of no value.
  static var none: UInt16 { .max }

  private var values: [Value] = []
  private var numbers: [Value: UInt16] = [:]

  /// The value of a number; `nil` for ``none``.
  subscript(number: UInt16) -> Value? {
    number == Self.none ? nil : values[Int(number)]
  }

  /// The number of a value, a new one when it is new; `nil` when there are no numbers left.
  mutating func number(of value: Value) -> UInt16? {
    if let number = numbers[value] { return number }
    guard values.count < Int(Self.none) else { return nil }
    let number = UInt16(values.count)
    values.append(value)
    numbers[value] = number
    return number
  }
}
