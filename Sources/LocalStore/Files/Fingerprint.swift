/// A short name for a text that does not show it: FNV-1a of 128 bits.
///
/// It keeps names apart and unreadable. It is no proof against somebody who makes up texts to collide, nor need it be: the
/// texts are the service's and the user's own.
struct Fingerprint: Hashable {
  private var bits: UInt128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D

  init(of text: String) {
    for byte in text.utf8 {
      bits ^= UInt128(byte)
      bits &*= 0x0000_0000_0100_0000_0000_0000_0000_013B
    }
  }

  /// 32 hexadecimal digits.
  var text: String {
    let digits = String(bits, radix: 16)
    return String(repeating: "0", count: 32 - digits.utf8.count) + digits
  }
}
