import ACSTypes

/// The address of an ACS resource as people write it.
public enum ServiceEndpoint {
  /// Scheme, host and port in the one form that is sent and signed: lower case, no default port, no slash at the end.
  ///
  /// An address without a scheme means `https://`, as for the public SDKs; `http://` stays, for an emulator.
  ///
  /// - Returns: `nil` for anything that is no `https://` or `http://` address of a host alone.
  public static func origin(_ text: String) -> String? {
    var text = text[...]
    while text.last == "/" { text.removeLast() }
    let scheme = text.firstRange(of: "://").map { text[..<$0.lowerBound].lowercased() }
    switch scheme {
    case "https", "http": break
    case nil: text = "https://\(text)"
    default: return nil
    }
    guard !text.contains(where: { "?#".contains($0) }), text.utf8.allSatisfy({ $0 < 127 }),
      let address = HTTPAddress(String(text)), address.target == "/"
    else { return nil }
    return address.origin
  }
}
