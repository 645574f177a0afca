import ACSTypes
import ACSWire
import ServiceAuth

/// A token that lacks its signature.
///
/// Signing takes longer than all the rest of a request, so it waits until the emulator is free for the next one.
struct UnsignedToken: Sendable {
  let claims: JSONValue
  let expiresOn: WireTime
  let key: RSAKey

  /// The token.
  func signed() throws(ServiceAuthError) -> AccessTokenModel {
    AccessTokenModel(token: try JWT.sign(claims, with: key), expiresOn: expiresOn)
  }
}

/// What completes an answer whose token lacks its signature.
struct UnsignedAnswer: Sendable {
  let token: UnsignedToken
  let body: @Sendable (AccessTokenModel) -> [UInt8]

  /// Signs, and puts the body into `response`.
  func complete(_ response: inout HTTPResponse) {
    do {
      response.body = body(try token.signed())
    } catch {
      response = HTTPResponse(
        Refusal(500, "InternalServerError", "The emulator failed.", why: error.message),
        plane: .identity)
    }
  }
}

extension Core {
  /// A success with a token, which is signed once the request under way is over.
  mutating func answer(
    with token: UnsignedToken, status: Int = 200,
    _ value: @escaping @Sendable (AccessTokenModel) -> some WireValue
  ) -> HTTPResponse {
    unsigned = UnsignedAnswer(token: token) { value($0).bytes }
    return HTTPResponse(
      status: status, headers: ["Content-Type": "application/json; charset=utf-8"])
  }
}
