import ACSTypes
import ACSWire
import ServiceAuth

/// One request on its way through the emulator.
struct Exchange {
  let request: HTTPRequest
  /// When it is answered.
  let now: Timestamp
  let query: Query
  /// What is known already of the user access token, so that signatures are checked before it is the request's turn.
  let token: Result<UserClaims, JWT.Refusal>?

  init(
    _ request: HTTPRequest, now: Timestamp, token: Result<UserClaims, JWT.Refusal>? = nil
  ) {
    self.request = request
    self.now = now
    self.token = token
    query = Query(request.query)
  }

  /// The body as JSON value of a type.
  func body<Value: WireValue>(as type: Value.Type) throws(Refusal) -> Value {
    do throws(WireError) {
      return try Value(bytes: request.body)
    } catch {
      throw Refusal(error)
    }
  }

  /// The body, or `nil` when there is none.
  func optionalBody<Value: WireValue>(as type: Value.Type) throws(Refusal) -> Value? {
    request.body.isEmpty ? nil : try body(as: type)
  }
}

/// The parameters after the `?`.
struct Query {
  private let items: [(name: String, value: String)]

  /// Reads them; what is not percent-encoded in UTF-8 is taken as it stands.
  init(_ text: Substring) {
    items = text.utf8.split(separator: UInt8(ascii: "&")).map { bytes in
      let item = Substring(bytes)
      let mark = bytes.firstIndex(of: UInt8(ascii: "=")) ?? bytes.endIndex
      let name = item[..<mark]
      let raw = Substring(bytes[mark...].dropFirst())
      let value = raw.utf8.contains(0x2B) ? raw.replacing("+", with: " ") : raw
      return (name.percentDecoded ?? String(name), value.percentDecoded ?? String(value))
    }
  }

  /// The first value of a parameter; names compare without case.
  subscript(name: String) -> String? {
    if let item = items.first(where: { $0.name == name }) { return item.value }
    return items.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  /// A whole number from `least` up.
  ///
  /// - Throws: ``Refusal`` with status 400 for anything else.
  func integer(_ name: String, from least: Int) throws(Refusal) -> Int? {
    guard let text = self[name] else { return nil }
    guard let number = Int(text), number >= least else {
      throw Refusal(
        400, "BadRequest", "Value for \(name) (\(text)) is not valid.",
        why: "\(name) should be a whole number from \(least).")
    }
    return number
  }

  /// A time; blank counts as absent.
  ///
  /// - Throws: ``Refusal`` with status 400 for anything else.
  func time(_ name: String) throws(Refusal) -> Timestamp? {
    guard let text = self[name], !text.isEmpty else { return nil }
    // A `+` that a client did not encode arrives as a blank.
    guard
      let moment = Timestamp(iso8601: text) ?? Timestamp(iso8601: text.replacing(" ", with: "+"))
    else {
      throw Refusal(
        400, "BadRequest", "Value for \(name) (\(text)) is not valid.",
        why: "\(name) should be a time such as 2026-11-21T02:29:57Z.")
    }
    return moment
  }
}
