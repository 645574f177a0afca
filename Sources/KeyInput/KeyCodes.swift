// The codes by which terminals name keys.

extension Modifiers {
  /// xterm's parameter: one more than the bits; other modifiers than ours are ignored.
  init(parameter: Int) {
    self.init(rawValue: UInt8(truncatingIfNeeded: max(1, parameter) - 1) & 7)
  }
}

extension KeyPress {
  /// A single byte below 0x80.
  ///
  /// Enter is 0x0D; 0x0A is Ctrl-J. Both 0x7F and 0x08 are Backspace, because terminals differ in
  /// which of them the key sends.
  init(ascii byte: UInt8, _ modifiers: Modifiers) {
    switch byte {
    case 0x00: self.init(.character(" "), modifiers.union(.control))
    case 0x08, 0x7F: self.init(.backspace, modifiers)
    case 0x09: self.init(.tab, modifiers)
    case 0x0D: self.init(.enter, modifiers)
    case 0x01...0x1A:
      self.init(.character(Character(UnicodeScalar(byte + 0x60))), modifiers.union(.control))
    case 0x1B: self.init(.escape, modifiers)
    case 0x1C...0x1F:
      self.init(.character(Character(UnicodeScalar(byte + 0x40))), modifiers.union(.control))
    default: self.init(.character(Character(UnicodeScalar(byte))), modifiers)
    }
  }

  /// The byte after `Esc O`.
  init?(singleShift byte: UInt8) {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "d"):
      guard let key = Key(cursorFinal: byte - 0x20) else { return nil }
      self.init(key, .control)
    case UInt8(ascii: "j")...UInt8(ascii: "y"), UInt8(ascii: "X"):
      self.init(.character(Character(UnicodeScalar(byte - (byte == 0x58 ? 0x1B : 0x40)))))
    case UInt8(ascii: "M"): self.init(.enter)
    case UInt8(ascii: "I"): self.init(.tab)
    case UInt8(ascii: " "): self.init(.character(" "))
    default:
      guard let key = Key(cursorFinal: byte) else { return nil }
      self.init(key)
    }
  }

  /// A code of kitty's protocol or of modifyOtherKeys: a Unicode scalar, or one set aside for keys.
  init?(code: Int, _ modifiers: Modifiers) {
    switch code {
    case 9: self.init(.tab, modifiers)
    case 13, 57414: self.init(.enter, modifiers)
    case 27: self.init(.escape, modifiers)
    case 8, 127: self.init(.backspace, modifiers)
    case 57376...57398: self.init(.function(code - 57376 + 13), modifiers)
    case 57399...57408:
      self.init(.character(Character(UnicodeScalar(UInt8(code - 57399 + 0x30)))), modifiers)
    case 57409...57413, 57415, 57416:
      let signs: [Int: Character] = [
        57409: ".", 57410: "/", 57411: "*", 57412: "-", 57413: "+", 57415: "=", 57416: ",",
      ]
      self.init(.character(signs[code] ?? "="), modifiers)
    case 57417...57426:
      let keys: [Key] = [
        .left, .right, .up, .down, .pageUp, .pageDown, .home, .end, .insert, .delete,
      ]
      self.init(keys[code - 57417], modifiers)
    case 0...0x1F, 0x80...0x9F, 57344...63743: return nil
    default:
      guard let value = UInt32(exactly: code), let scalar = Unicode.Scalar(value) else {
        return nil
      }
      self.init(.character(Character(scalar)), modifiers)
    }
  }
}

extension Key {
  /// The number before `~` in a sequence of the VT220 and its heirs.
  init?(number: Int) {
    switch number {
    case 1, 7: self = .home
    case 2: self = .insert
    case 3: self = .delete
    case 4, 8: self = .end
    case 5: self = .pageUp
    case 6: self = .pageDown
    case 11...15: self = .function(number - 10)
    case 17...21: self = .function(number - 11)
    case 23...26: self = .function(number - 12)
    case 28, 29: self = .function(number - 13)
    case 31...34: self = .function(number - 14)
    default: return nil
    }
  }

  /// The final byte that names a key after `Esc [` or `Esc O`.
  init?(cursorFinal byte: UInt8) {
    switch byte {
    case UInt8(ascii: "A"): self = .up
    case UInt8(ascii: "B"): self = .down
    case UInt8(ascii: "C"): self = .right
    case UInt8(ascii: "D"): self = .left
    case UInt8(ascii: "F"): self = .end
    case UInt8(ascii: "H"): self = .home
    case UInt8(ascii: "P")...UInt8(ascii: "S"): self = .function(Int(byte) - 0x4F)
    default: return nil
    }
  }
}
