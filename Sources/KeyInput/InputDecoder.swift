/// Turns the bytes of a raw terminal into keys, pastes, mouse and focus reports.
///
/// It eats bytes in any pieces and gives the same result for every way of cutting them. Understood
/// are UTF-8, the keys of xterm, the VT series, rxvt and the Linux console, with modifiers, xterm's
/// modifyOtherKeys and kitty's `CSI u`, SGR and old mouse reports, bracketed pastes and focus
/// reports. Sequences that mean nothing here are swallowed whole; bad UTF-8 gives U+FFFD.
///
/// A lone Esc begins every sequence, so that only time tells it from one: while `isPending`, call
/// `timedOut()` when `timeLimit` has passed without a byte.
public struct InputDecoder: Sendable {
  /// How long to wait for the rest of a sequence after an Esc; terminals send sequences at once.
  public static let timeLimit = Duration.milliseconds(25)

  /// The most bytes of one paste that are kept; what follows is dropped up to the paste's end.
  public static let pasteLimit = 1 << 20

  /// Bytes after which a sequence without an end is given up.
  private static let sequenceLimit = 256

  private enum State {
    /// Between inputs.
    case ground
    /// After the first bytes of a character in UTF-8 that still lacks some.
    case character(lead: UInt32, missing: Int, least: UInt32)
    /// After Esc; `alt` after two.
    case escape(alt: Bool)
    /// After Esc O; `digit` is an old xterm modifier.
    case singleShift(alt: Bool, digit: UInt8?)
    /// After Esc [.
    case control(ControlSequence)
    /// After Esc and `]`, `P` or `_`: a terminal's answer that nobody asked for.
    case string(introducer: UInt8, count: Int, escaped: Bool)
    /// After CSI M: the three bytes of an old mouse report.
    case oldMouse([UInt8])
    /// After CSI [ from the Linux console.
    case console(alt: Bool)
    /// While a paste runs.
    case paste(Paste)
  }

  private var state = State.ground
  /// Whether Alt goes with the character being read.
  private var alt = false

  /// A decoder before the first byte.
  public init() {}

  /// Whether what was read so far may be complete, which only `timedOut()` can decide.
  public var isPending: Bool {
    switch state {
    case .escape, .singleShift, .string: true
    case .control(let sequence): sequence.isEmpty
    case .ground, .character, .oldMouse, .console, .paste: false
    }
  }

  /// Reads bytes as they came.
  ///
  /// - Returns: What is complete now; empty while something is under way.
  public mutating func consume(_ bytes: some Sequence<UInt8>) -> [TerminalInput] {
    var output: [TerminalInput] = []
    for byte in bytes {
      take(byte, &output)
    }
    return output
  }

  /// Nothing came for `timeLimit` while `isPending`: Esc was a key after all.
  public mutating func timedOut() -> [TerminalInput] {
    guard isPending else { return [] }
    defer { state = .ground }
    switch state {
    case .escape(let alt):
      return [TerminalInput](repeating: .key(KeyPress(.escape)), count: alt ? 2 : 1)
    case .singleShift: return [.key(KeyPress(.character("O"), .alt))]
    case .control: return [.key(KeyPress(.character("["), .alt))]
    case .string(let introducer, 0, _):
      return [.key(KeyPress(.character(Character(UnicodeScalar(introducer))), .alt))]
    default: return []
    }
  }

  private mutating func take(_ byte: UInt8, _ output: inout [TerminalInput]) {
    switch state {
    case .ground: begin(byte, &output)
    case .character(let lead, let missing, let least):
      go(on: lead, missing: missing, least: least, with: byte, &output)
    case .escape(let alt): escaped(byte, alt: alt, &output)
    case .singleShift(let alt, let digit): shifted(byte, alt: alt, digit: digit, &output)
    case .control(var sequence):
      state = .ground
      control(&sequence, byte, &output)
    case .string(let introducer, let count, let escaped):
      string(byte, introducer: introducer, count: count, escaped: escaped, &output)
    case .oldMouse(let bytes):
      state = bytes.count < 2 ? .oldMouse(bytes + [byte]) : .ground
      if bytes.count == 2, let mouse = MouseInput(oldReport: bytes + [byte]) {
        output.append(.mouse(mouse))
      }
    case .console(let alt):
      state = .ground
      if (0x41...0x45).contains(byte) {
        output.append(.key(KeyPress(.function(Int(byte) - 0x40), alt ? .alt : [])))
      }
    case .paste(var paste):
      // Emptied first, so that the paste's storage is not shared while it grows.
      state = .ground
      if paste.take(byte) {
        output.append(.paste(paste.text))
      } else {
        state = .paste(paste)
      }
    }
  }

  // MARK: - Characters

  private mutating func begin(_ byte: UInt8, _ output: inout [TerminalInput]) {
    switch byte {
    case 0x1B: state = .escape(alt: false)
    case 0x80...0xC1, 0xF5...0xFF: output.append(.key(KeyPress(.character("\u{FFFD}"), heldAlt())))
    case 0xC2...0xDF: state = .character(lead: UInt32(byte & 0x1F), missing: 1, least: 0x80)
    case 0xE0...0xEF: state = .character(lead: UInt32(byte & 0x0F), missing: 2, least: 0x800)
    case 0xF0...0xF4: state = .character(lead: UInt32(byte & 0x07), missing: 3, least: 0x10000)
    default: output.append(.key(KeyPress(ascii: byte, heldAlt())))
    }
  }

  private mutating func go(
    on lead: UInt32, missing: Int, least: UInt32, with byte: UInt8,
    _ output: inout [TerminalInput]
  ) {
    state = .ground
    guard byte & 0xC0 == 0x80 else {
      output.append(.key(KeyPress(.character("\u{FFFD}"), heldAlt())))
      begin(byte, &output)
      return
    }
    let value = lead << 6 | UInt32(byte & 0x3F)
    guard missing == 1 else {
      state = .character(lead: value, missing: missing - 1, least: least)
      return
    }
    let modifiers = heldAlt()
    // C1 controls are not text; terminals that mean them as keys send Esc sequences.
    if (0x80...0x9F).contains(value) { return }
    let scalar = value >= least ? Unicode.Scalar(value) : nil
    output.append(.key(KeyPress(.character(Character(scalar ?? "\u{FFFD}")), modifiers)))
  }

  private mutating func heldAlt() -> Modifiers {
    defer { alt = false }
    return alt ? .alt : []
  }

  // MARK: - Sequences

  private mutating func escaped(
    _ byte: UInt8, alt: Bool, _ output: inout [TerminalInput]
  ) {
    switch byte {
    case 0x1B:
      // The oldest of three is a key; the other two may begin a sequence held with Alt.
      if alt { output.append(.key(KeyPress(.escape))) }
      state = .escape(alt: true)
    case UInt8(ascii: "["): state = .control(ControlSequence(alt: alt))
    case UInt8(ascii: "O"): state = .singleShift(alt: alt, digit: nil)
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"):
      state = .string(introducer: byte, count: 0, escaped: false)
    default:
      if alt { output.append(.key(KeyPress(.escape))) }
      state = .ground
      self.alt = true
      begin(byte, &output)
    }
  }

  private mutating func shifted(
    _ byte: UInt8, alt: Bool, digit: UInt8?, _ output: inout [TerminalInput]
  ) {
    state = .ground
    if byte == 0x1B {
      state = .escape(alt: false)
    } else if digit == nil, (0x31...0x39).contains(byte) {
      state = .singleShift(alt: alt, digit: byte - 0x30)
    } else if var press = KeyPress(singleShift: byte) {
      press.modifiers.formUnion(Modifiers(parameter: Int(digit ?? 1)))
      if alt { press.modifiers.insert(.alt) }
      output.append(.key(press))
    }
  }

  private mutating func control(
    _ sequence: inout ControlSequence, _ byte: UInt8, _ output: inout [TerminalInput]
  ) {
    switch byte {
    case 0x1B: state = .escape(alt: false)
    case UInt8(ascii: "[") where sequence.isEmpty: state = .console(alt: sequence.alt)
    case UInt8(ascii: "$") where sequence.isNumeric, 0x40...0x7E:
      finish(sequence, byte, &output)
    case 0x20...0x3F where sequence.count < Self.sequenceLimit:
      sequence.append(byte)
      state = .control(sequence)
    case 0x20...0x3F, 0x18, 0x1A: break
    default: begin(byte, &output)
    }
  }

  private mutating func finish(
    _ sequence: ControlSequence, _ final: UInt8, _ output: inout [TerminalInput]
  ) {
    switch (final, sequence.isEmpty) {
    case (UInt8(ascii: "M"), true): state = .oldMouse([])
    case (UInt8(ascii: "I"), true): output.append(.focus(true))
    case (UInt8(ascii: "O"), true): output.append(.focus(false))
    case (UInt8(ascii: "~"), false) where sequence.parameters == [[200]]:
      state = .paste(Paste())
    default:
      if let input = sequence.input(final: final) { output.append(input) }
    }
  }

  private mutating func string(
    _ byte: UInt8, introducer: UInt8, count: Int, escaped: Bool, _ output: inout [TerminalInput]
  ) {
    state = .string(introducer: introducer, count: count + 1, escaped: byte == 0x1B)
    switch byte {
    case 0x07, 0x18, 0x1A: state = .ground
    case UInt8(ascii: "\\") where escaped: state = .ground
    default:
      guard escaped || count >= Self.sequenceLimit * 16 else { return }
      state = .ground
      // An Esc that does not end the string begins something new.
      if escaped { self.escaped(byte, alt: false, &output) }
    }
  }
}
