public import ACSTypes
public import ACSWire

extension JWT {
  /// What a token claims, whoever signed it: for those who cannot know its key and do not rely on it.
  ///
  /// - Returns: `nil` for anything but three parts of Base64 for URLs with JSON objects in the first two.
  public static func unverifiedClaims(_ token: Secret) -> JSONValue? {
    let parts = token.reveal().split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, json(parts[0]) != nil, [UInt8](base64URL: parts[2]) != nil else {
      return nil
    }
    return json(parts[1])
  }
}
