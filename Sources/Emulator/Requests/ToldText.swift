import ACSTypes

/// What may be told of a request's own words: what is known to be harmless, and `…` for the rest.
enum ToldText {
  static let hidden = "…"

  /// The parameters of the services; another word may be a secret that stands without a name.
  private static let names: Set<String> = [
    "access_token", "api-version", "auth", "client_id", "code", "con_num", "continuationtoken",
    "cor_id", "connected", "epid", "id", "issuer", "maxpagesize", "mi_res_id", "msi_res_id",
    "object_id", "principal_id", "resource", "scope", "se", "sig", "skip", "sp", "sr", "st",
    "starttime", "syncstate", "t", "tc", "timeout", "top", "v",
  ]

  /// An HTTP method, in the few capital letters that methods have.
  static func method(_ text: String) -> String {
    text.utf8.count <= 10 && text.utf8.allSatisfy { 0x41...0x5A ~= $0 } && !mayBeToken(text)
      ? text : hidden
  }

  /// A path without sessions of sockets, addresses of clients, and what looks like a token.
  static func path(_ path: Substring) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let plain = parts.filter { !$0.isEmpty }.map { decoded($0) }
    for prefix in [["socket.io", "1", "websocket"], ["v4", "f"]]
    where plain.count > prefix.count && plain.starts(with: prefix) {
      return "/\(prefix.joined(separator: "/"))/\(hidden)"
    }
    return parts.map { mayBeToken($0) ? hidden : String($0) }.joined(separator: "/")
  }

  /// A query with the names of known parameters, and the values of those that hold no secret.
  static func query(_ query: Substring) -> String {
    query.split(separator: "&").map { item in
      let name = item.prefix { $0 != "=" }
      let rest = item.dropFirst(name.count)
      let plain = decoded(name).replacing("$", with: "").lowercased()
      let told = names.contains(plain) ? String(name) : hidden
      guard !rest.isEmpty else { return told }
      return isHarmless(decoded(rest.dropFirst()), of: plain) ? told + rest : "\(told)=\(hidden)"
    }.joined(separator: "&")
  }

  /// A name that a caller gave a request: a GUID or something as short.
  static func requestID(_ text: String) -> String {
    isShortWord(text) ? text : hidden
  }

  /// Words of the emulator's own, in which a piece of the request may stand.
  static func words(_ text: String) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      word.split(separator: "/", omittingEmptySubsequences: false)
        .map { mayBeToken($0) ? hidden : String($0) }.joined(separator: "/")
    }.joined(separator: " ")
  }

  private static func isHarmless(_ value: String, of parameter: String) -> Bool {
    switch parameter {
    case "api-version":
      let rest = value.dropFirst(10)
      return isDate(value.prefix(10))
        && (rest.isEmpty || rest == "-preview"
          || rest.hasPrefix("-preview.") && isNumber(rest.dropFirst(9)))
    case "maxpagesize", "skip", "top": return isNumber(value[...])
    case "starttime": return value.utf8.count <= 40 && Timestamp(iso8601: value) != nil
    case "resource":
      return ["https://communication.azure.com", "https://communication.azure.com/"].contains(value)
    case "syncstate", "v": return isShortWord(value)
    default: return false
    }
  }

  private static func isNumber(_ text: Substring) -> Bool {
    1...10 ~= text.utf8.count && text.utf8.allSatisfy { 0x30...0x39 ~= $0 }
  }

  private static func isDate(_ text: Substring) -> Bool {
    Timestamp(iso8601: "\(text)T00:00:00Z") != nil
  }

  /// At most 64 letters, digits and the like, with no more than one point: no JWT.
  private static func isShortWord(_ text: String) -> Bool {
    let points = text.utf8.count { $0 == 0x2E }
    return 1...64 ~= text.utf8.count && points < 2
      && text.utf8.allSatisfy { isBase64URL($0) || $0 == 0x2E }
      && !hasHeadOfToken(text)
  }

  /// A text with no escape left, however often it was escaped.
  private static func decoded(_ text: Substring) -> String {
    var text = String(text)
    for _ in 0..<4 where text.utf8.contains(0x25) {
      guard let next = text.percentDecoded else { break }
      text = next
    }
    return text
  }

  /// True of a JWT, a piece of one, and of more than 40 characters of Base64 that are no id of the services.
  private static func mayBeToken(_ segment: some StringProtocol) -> Bool {
    let text = decoded(Substring(segment))
    if hasHeadOfToken(text) { return true }
    // Escaped oftener than anybody does without wanting to hide something.
    if text.utf8.contains(0x25), text.percentDecoded != nil { return true }
    let parts = text.utf8.split(separator: 0x2E, omittingEmptySubsequences: false)
    if parts.count == 3, text.utf8.count > 40,
      parts.allSatisfy({ $0.count > 3 && $0.allSatisfy(isBase64URL) })
    {
      return true
    }
    guard text.utf8.count > 40, !isID(text) else { return false }
    return text.utf8.split { !(isBase64URL($0) || [0x2B, 0x2F, 0x3D].contains($0)) }
      .contains { $0.count > 40 }
  }

  /// True where the JSON of a JWT's head or claims begins, in Base64.
  private static func hasHeadOfToken(_ text: String) -> Bool {
    text.contains("eyJ") || text.contains("ewog") || text.contains("ewoJ")
  }

  /// An id that the services make: of a thread, a person or a bot.
  private static func isID(_ text: String) -> Bool {
    if text.hasPrefix("19:"), text.hasSuffix("@thread.v2") {
      let name = text.utf8.dropFirst(3).dropLast(10)
      return name.count <= 64 && name.allSatisfy(isBase64URL)
    }
    guard text.hasPrefix("8:") || text.hasPrefix("28:"), text.utf8.count <= 110,
      let colon = text.utf8.lastIndex(of: 0x3A)
    else { return false }
    let name = text.utf8[text.utf8.index(after: colon)...]
    return name.allSatisfy { isHexadecimal($0) || $0 == 0x2D || $0 == 0x5F }
      && name.split(whereSeparator: { !isHexadecimal($0) }).allSatisfy { $0.count <= 12 }
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    0x30...0x39 ~= byte || 0x61...0x66 ~= byte || 0x41...0x46 ~= byte
  }

  private static func isBase64URL(_ byte: UInt8) -> Bool {
    0x30...0x39 ~= byte || 0x61...0x7A ~= byte || 0x41...0x5A ~= byte || byte == 0x2D
      || byte == 0x5F
  }
}
