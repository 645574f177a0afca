/// The parameters of a sequence after `Esc [`, and what it means.
struct ControlSequence: Sendable {
  /// Whether Alt was held, told by a second Esc.
  let alt: Bool
  private var bytes: [UInt8] = []

  init(alt: Bool) {
    self.alt = alt
  }

  var isEmpty: Bool { bytes.isEmpty }
  var count: Int { bytes.count }

  /// Whether there are digits only, as in rxvt's `CSI 3 $`.
  var isNumeric: Bool { !bytes.isEmpty && bytes.allSatisfy { (0x30...0x39).contains($0) } }

  mutating func append(_ byte: UInt8) {
    bytes.append(byte)
  }

  /// Numbers between `;`, each with its parts between `:`; a missing one is -1.
  var parameters: [[Int]] {
    bytes.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map {
      $0.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map(Self.number)
    }
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int {
    guard !digits.isEmpty, digits.count < 9 else { return -1 }
    var value = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return -1 }
      value = value * 10 + Int(digit - 0x30)
    }
    return value
  }

  /// The input that the sequence with this final byte stands for; nil when it stands for none.
  func input(final: UInt8) -> TerminalInput? {
    if bytes.first == UInt8(ascii: "<") {
      var rest = self
      rest.bytes.removeFirst()
      return MouseInput(report: rest.parameters.compactMap(\.first), isRelease: final == 0x6D)
        .map { .mouse($0) }
    }
    guard bytes.allSatisfy({ (0x30...0x3B).contains($0) }) else { return nil }
    guard var press = press(final: final) else { return nil }
    if alt { press.modifiers.insert(.alt) }
    return .key(press.normalized)
  }

  private func press(final: UInt8) -> KeyPress? {
    let parameters = parameters
    func first(_ index: Int) -> Int? {
      guard parameters.indices.contains(index), parameters[index][0] >= 0 else { return nil }
      return parameters[index][0]
    }
    let modifiers = Modifiers(parameter: first(1) ?? 1)
    // kitty tells releases too, as 1;modifiers:3.
    if parameters.count > 1, parameters[1].count > 1, parameters[1][1] == 3 { return nil }
    switch final {
    case UInt8(ascii: "~"):
      if first(0) == 27, let code = first(2) { return KeyPress(code: code, modifiers) }
      return Key(number: first(0) ?? 0).map { KeyPress($0, modifiers) }
    case UInt8(ascii: "^"): return Key(number: first(0) ?? 0).map { KeyPress($0, .control) }
    case UInt8(ascii: "@"):
      return Key(number: first(0) ?? 0).map { KeyPress($0, [.control, .shift]) }
    case UInt8(ascii: "$"): return Key(number: first(0) ?? 0).map { KeyPress($0, .shift) }
    case UInt8(ascii: "u"):
      guard let code = first(0) else { return nil }
      return KeyPress(code: code, modifiers)
    case UInt8(ascii: "Z"): return KeyPress(.tab, modifiers.union(.shift))
    case UInt8(ascii: "a")...UInt8(ascii: "d"):
      return Key(cursorFinal: final - 0x20).map { KeyPress($0, .shift) }
    default: return Key(cursorFinal: final).map { KeyPress($0, modifiers) }
    }
  }
}
