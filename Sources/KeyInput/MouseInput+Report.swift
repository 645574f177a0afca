// What terminals send for the mouse.

extension MouseInput {
  /// An SGR report `CSI < buttons ; column ; row M`, or `m` at release; nil for moves without a button.
  init?(report numbers: [Int], isRelease: Bool) {
    guard numbers.count == 3 else { return nil }
    self.init(
      bits: numbers[0], column: numbers[1] - 1, row: numbers[2] - 1, isRelease: isRelease)
  }

  /// The three bytes after `CSI M`, each 32 more than it means.
  init?(oldReport bytes: [UInt8]) {
    guard bytes.count == 3 else { return nil }
    let bits = Int(bytes[0]) - 32
    self.init(
      bits: bits, column: Int(bytes[1]) - 33, row: Int(bytes[2]) - 33,
      isRelease: bits & 0x43 == 3)
  }

  /// Bits 0–1 name the button, 2–4 shift, alt and control, 5 a move, 6 the wheel.
  private init?(bits: Int, column: Int, row: Int, isRelease: Bool) {
    guard bits >= 0, column >= 0, row >= 0 else { return nil }
    var modifiers: Modifiers = []
    if bits & 4 != 0 { modifiers.insert(.shift) }
    if bits & 8 != 0 { modifiers.insert(.alt) }
    if bits & 16 != 0 { modifiers.insert(.control) }
    let isWheel = bits & 64 != 0
    let isMove = bits & 32 != 0
    let button: Button
    switch bits & 3 {
    case _ where isWheel || bits & 128 != 0: button = .other
    case 0: button = .left
    case 1: button = .middle
    case 2: button = .right
    default: button = .other
    }
    let kind: Kind
    switch (isWheel, bits & 3) {
    case (true, 0): kind = .scrollUp
    case (true, 1): kind = .scrollDown
    case (true, _): return nil
    case (false, 3) where isMove: return nil
    default: kind = isRelease ? .release : isMove ? .drag : .press
    }
    self.init(kind: kind, button: button, column: column, row: row, modifiers: modifiers)
  }
}
