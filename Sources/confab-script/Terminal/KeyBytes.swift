import ClientModel
import KeyInput

/// What a terminal (xterm) sends for what somebody does.
enum KeyBytes {
  /// The bytes of an event from keyboard, mouse or window; `nil` for what no terminal sends.
  static func bytes(for event: Event) -> [UInt8]? {
    switch event {
    case .keyPressed(let press): bytes(for: press)
    case .pasted(let text): Array("\u{1B}[200~\(text)\u{1B}[201~".utf8)
    case .mouseUsed(let mouse, _): bytes(for: mouse)
    case .focusChanged(let isFocused): Array((isFocused ? "\u{1B}[I" : "\u{1B}[O").utf8)
    default: nil
    }
  }

  static func bytes(for press: KeyPress) -> [UInt8] {
    let modifiers = press.modifiers
    let parameter = 1 + Int(modifiers.rawValue)
    switch press.key {
    case .character(let character): return bytes(for: character, modifiers)
    case .enter: return alt(modifiers, [0x0D])
    case .tab:
      return alt(modifiers, modifiers.contains(.shift) ? Array("\u{1B}[Z".utf8) : [0x09])
    case .backspace: return alt(modifiers, [0x7F])
    case .escape: return alt(modifiers, [0x1B])
    case .up: return cursor("A", parameter)
    case .down: return cursor("B", parameter)
    case .right: return cursor("C", parameter)
    case .left: return cursor("D", parameter)
    case .home: return cursor("H", parameter)
    case .end: return cursor("F", parameter)
    case .insert: return numbered(2, parameter)
    case .delete: return numbered(3, parameter)
    case .pageUp: return numbered(5, parameter)
    case .pageDown: return numbered(6, parameter)
    case .function(let number): return function(number, parameter)
    }
  }

  private static func bytes(for character: Character, _ modifiers: Modifiers) -> [UInt8] {
    guard modifiers.contains(.control) else { return alt(modifiers, Array(String(character).utf8)) }
    switch character.asciiValue {
    case UInt8(ascii: " "), UInt8(ascii: "@"): return alt(modifiers, [0])
    case let byte? where (0x41...0x5F).contains(byte & 0xDF) && byte >= 0x40:
      return alt(modifiers, [byte & 0x1F])
    // What has no byte of its own is sent as xterm does with modifyOtherKeys.
    default:
      let scalar = character.unicodeScalars.first?.value ?? 0
      return Array("\u{1B}[\(scalar);\(1 + Int(modifiers.rawValue))u".utf8)
    }
  }

  private static func alt(_ modifiers: Modifiers, _ bytes: [UInt8]) -> [UInt8] {
    modifiers.contains(.alt) ? [0x1B] + bytes : bytes
  }

  private static func cursor(_ final: String, _ parameter: Int) -> [UInt8] {
    Array((parameter == 1 ? "\u{1B}[\(final)" : "\u{1B}[1;\(parameter)\(final)").utf8)
  }

  private static func numbered(_ number: Int, _ parameter: Int) -> [UInt8] {
    Array((parameter == 1 ? "\u{1B}[\(number)~" : "\u{1B}[\(number);\(parameter)~").utf8)
  }

  private static func function(_ number: Int, _ parameter: Int) -> [UInt8] {
    if number <= 4 {
      let final = ["P", "Q", "R", "S"][max(1, number) - 1]
      return parameter == 1 ? Array("\u{1B}O\(final)".utf8) : cursor(final, parameter)
    }
    let numbers = [15, 17, 18, 19, 20, 21, 23, 24]
    guard number <= 12 else { return Array("\u{1B}[\(57363 + number);\(parameter)u".utf8) }
    return numbered(numbers[number - 5], parameter)
  }

  private static func bytes(for mouse: MouseInput) -> [UInt8] {
    var code =
      switch mouse.kind {
      case .scrollUp: 64
      case .scrollDown: 65
      default:
        switch mouse.button {
        case .left: 0
        case .middle: 1
        case .right, .other: 2
        }
      }
    if mouse.kind == .drag { code += 32 }
    if mouse.modifiers.contains(.shift) { code += 4 }
    if mouse.modifiers.contains(.alt) { code += 8 }
    if mouse.modifiers.contains(.control) { code += 16 }
    let final = mouse.kind == .release ? "m" : "M"
    return Array("\u{1B}[<\(code);\(mouse.column + 1);\(mouse.row + 1)\(final)".utf8)
  }
}
