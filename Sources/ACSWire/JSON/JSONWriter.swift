extension JSONValue {
  /// The shortest form as UTF-8: members in their order, no blanks.
  ///
  /// A number that is not finite becomes `null`.
  public var bytes: [UInt8] {
    var writer = JSONWriter()
    writer.compact(self)
    return writer.bytes
  }

  /// The shortest form; see ``bytes``.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Two blanks a level and CRLF between lines, as Chat writes its errors (WIRE 4.6).
  public var prettyBytes: [UInt8] {
    var writer = JSONWriter()
    writer.pretty(self, level: 0)
    return writer.bytes
  }
}

/// Collects the bytes of a text.
private struct JSONWriter {
  var bytes: [UInt8] = []

  mutating func compact(_ value: JSONValue) {
    switch value {
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        compact(element)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let object):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in object.members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        string(member.name)
        bytes.append(UInt8(ascii: ":"))
        compact(member.value)
      }
      bytes.append(UInt8(ascii: "}"))
    default:
      scalar(value)
    }
  }

  mutating func pretty(_ value: JSONValue, level: Int) {
    switch value {
    case .array(let elements) where !elements.isEmpty:
      block("[", "]", elements, level: level) { $0.pretty($1, level: level + 1) }
    case .object(let object) where !object.isEmpty:
      block("{", "}", object.members, level: level) { writer, member in
        writer.string(member.name)
        writer.ascii(": ")
        writer.pretty(member.value, level: level + 1)
      }
    default:
      compact(value)
    }
  }

  private mutating func block<Element>(
    _ open: String, _ close: String, _ elements: [Element], level: Int,
    write: (inout JSONWriter, Element) -> Void
  ) {
    ascii(open)
    for (index, element) in elements.enumerated() {
      if index > 0 { ascii(",") }
      newLine(level + 1)
      write(&self, element)
    }
    newLine(level)
    ascii(close)
  }

  private mutating func newLine(_ level: Int) {
    ascii("\r\n")
    bytes.append(contentsOf: repeatElement(0x20, count: level * 2))
  }

  private mutating func ascii(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func scalar(_ value: JSONValue) {
    switch value {
    case .bool(let flag): ascii(flag ? "true" : "false")
    case .integer(let number): bytes.append(contentsOf: String(number).utf8)
    case .number(let number) where number.isFinite:
      bytes.append(contentsOf: number.description.utf8)
    case .string(let text): string(text)
    default: ascii("null")
    }
  }

  private mutating func string(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0x0A: ascii("\\n")
      case 0x0D: ascii("\\r")
      case 0x09: ascii("\\t")
      case 0..<0x20:
        ascii("\\u00")
        bytes.append(byte < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
        bytes.append(hexDigits[Int(byte & 15)])
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

private let hexDigits = Array("0123456789abcdef".utf8)
