import Glibc

/// A numeric IPv4 or IPv6 address; an IPv4 one that came over IPv6 is the IPv4 one.
struct NetworkAddress: Hashable, Sendable {
  /// 4 or 16 bytes.
  let bytes: [UInt8]

  /// Reads `192.0.2.1`, `2001:db8::1`, `[2001:db8::1]`; with a port behind, as proxies write it, too.
  init?(_ text: some StringProtocol) {
    var text = Substring(text)
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else { return nil }
      text = text[text.index(after: text.startIndex)..<end]
    } else if let colon = text.firstIndex(of: ":"), text.lastIndex(of: ":") == colon {
      text = text[..<colon]
    }
    var four = [UInt8](repeating: 0, count: 4)
    if inet_pton(AF_INET, String(text), &four) == 1 {
      bytes = four
      return
    }
    var sixteen = [UInt8](repeating: 0, count: 16)
    guard inet_pton(AF_INET6, String(text), &sixteen) == 1 else { return nil }
    let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
    bytes = sixteen.starts(with: mapped) ? Array(sixteen[12...]) : sixteen
  }

  /// Where nobody is: for a peer whose address cannot be told.
  static let unknown = NetworkAddress(bytes: [0, 0, 0, 0])

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The address as text, for logs.
  var text: String {
    if bytes.count == 4 { return bytes.map(String.init).joined(separator: ".") }
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    guard inet_ntop(AF_INET6, bytes, &text, socklen_t(text.count)) != nil else { return "" }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// True for `127.0.0.0/8` and `::1`.
  var isLoopback: Bool {
    bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1
  }

  /// What one customer of a provider has: the address, or the first 64 bits of an IPv6 one.
  var household: String {
    bytes.count == 4
      ? text
      : stride(from: 0, to: 8, by: 2)
        .map { String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }.joined(separator: ":")
        + "::/64"
  }
}

/// Addresses that begin alike: `10.0.0.0/8`, or one address.
public struct NetworkRange: Hashable, Sendable {
  private let address: NetworkAddress
  private let bits: Int

  /// Reads a range; `nil` for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = NetworkAddress(parts[0]) else { return nil }
    let most = address.bytes.count * 8
    guard let bits = parts.count == 2 ? Int(parts[1]) : most, (0...most).contains(bits) else {
      return nil
    }
    self.address = address
    self.bits = bits
  }

  func contains(_ other: NetworkAddress) -> Bool {
    guard other.bytes.count == address.bytes.count else { return false }
    let (whole, rest) = bits.quotientAndRemainder(dividingBy: 8)
    guard other.bytes[..<whole] == address.bytes[..<whole] else { return false }
    return rest == 0 || (other.bytes[whole] ^ address.bytes[whole]) >> (8 - rest) == 0
  }
}
