/// One header field as it stands on the wire.
struct HeaderLine {
  let name: String
  let value: String

  /// Reads a line; `nil` for one without a colon and for a status line.
  init?(_ line: some Collection<UInt8>) {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon != line.startIndex,
      !line.starts(with: "HTTP/".utf8)
    else { return nil }
    let isBlank = { (byte: UInt8) in byte == 32 || byte == 9 || byte == 13 || byte == 10 }
    let rest = Array(line[line.index(after: colon)...].drop(while: isBlank))
    let end = rest.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? 0
    name = String(decoding: line[..<colon], as: UTF8.self)
    value = String(decoding: rest[..<end], as: UTF8.self)
  }
}
