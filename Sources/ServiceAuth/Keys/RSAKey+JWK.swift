public import ACSWire
import COpenSSL

extension RSAKey {
  /// The public half as a JSON Web Key for signatures (RFC 7517), fit to be published.
  public var publicKey: JSONValue {
    [
      "kty": "RSA", "use": "sig", "alg": "RS256", "kid": .string(id),
      "n": .string(number("n").base64URL), "e": .string(number("e").base64URL),
    ]
  }

  /// A number of the key, big-endian without leading zeros.
  private func number(_ name: String) -> [UInt8] {
    var number: OpaquePointer?
    guard EVP_PKEY_get_bn_param(key.pointer, name, &number) == 1 else { return [] }
    defer { BN_free(number) }
    var bytes = [UInt8](repeating: 0, count: Int(BN_num_bits(number) + 7) / 8)
    BN_bn2bin(number, &bytes)
    return bytes
  }
}
