import ACSTypes
import ServiceAuth

/// The parameters of a request to the token endpoint.
struct EntraForm {
  /// More than any client sends.
  private static let limit = 64 << 10

  private let items: Query
  private let basic: (name: String, password: String)?

  /// Reads the body, and an application's name and secret from `Authorization: Basic` (RFC 6749, 2.3.1).
  ///
  /// - Throws: ``EntraRefusal`` for a body that is too long to be one.
  init(_ request: HTTPRequest) throws(EntraRefusal) {
    guard request.body.count <= EntraForm.limit else {
      throw EntraRefusal(
        413, "invalid_request", 90_015, "The request is longer than \(EntraForm.limit) bytes.")
    }
    items = Query(Substring(String(decoding: request.body, as: UTF8.self)))
    basic = EntraForm.credentials(request.headers["Authorization"])
  }

  /// A parameter; `nil` when it is absent or empty.
  subscript(name: String) -> String? {
    if let value = items[name], !value.isEmpty { return value }
    switch name {
    case "client_id": return basic?.name
    case "client_secret": return basic?.password
    default: return nil
    }
  }

  /// A parameter that has to be there.
  func value(_ name: String) throws(EntraRefusal) -> String {
    guard let value = self[name] else { throw .missing(name) }
    return value
  }

  private static func credentials(_ header: String?) -> (name: String, password: String)? {
    guard let header, header.lowercased().hasPrefix("basic "),
      let bytes = [UInt8](base64: header.dropFirst(6))
    else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let (name, password) = (text[..<colon], text[text.index(after: colon)...])
    return (name.percentDecoded ?? String(name), password.percentDecoded ?? String(password))
  }
}
