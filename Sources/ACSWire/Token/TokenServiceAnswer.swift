public import ACSTypes

/// A user access token as any of the known token services hands it out (WIRE 9).
///
/// Names are compared without case, and one wrapper named `value` is looked into.
public struct TokenServiceAnswer: Hashable, Sendable {
  /// The token with its end and its owner.
  public let token: UserAccessToken

  /// Reads `token` or `accessToken.token`; the end from `expiresOn`, else from the token; the owner from
  /// `user.communicationUserId`, `user.id`, `identity.id` or `userId`, else from the token.
  ///
  /// - Throws: ``WireError`` whose message tells what the answer lacks.
  public init(json: JSONValue) throws(WireError) {
    guard json.object != nil else {
      throw WireError(
        .wrongKind, "The token service should answer with an object and gave \(json.kindName).")
    }
    let wrapper = json[anyCase: "value"]
    let answer = wrapper?.object == nil ? json : wrapper ?? json
    let wrapped = answer[anyCase: "accessToken"]
    guard let text = (answer[anyCase: "token"] ?? wrapped?[anyCase: "token"])?.string, !text.isEmpty
    else {
      throw WireError(.missing, "The token service's answer has no token.", path: "token")
    }
    let secret = Secret(text)
    // A token that is no readable JWT may still be accepted by the service.
    let known = try? TokenClaims(jwt: secret)
    let expiry = answer[anyCase: "expiresOn"] ?? wrapped?[anyCase: "expiresOn"]
    guard let expiresOn = try TokenServiceAnswer.moment(expiry) ?? known?.expiresOn else {
      throw WireError(
        .missing, "Neither the token service's answer nor the token tells when it expires.",
        path: "expiresOn")
    }
    guard let identity = TokenServiceAnswer.owner(answer) ?? known?.identity else {
      throw WireError(
        .missing, "Neither the token service's answer nor the token tells whose token it is.",
        path: "user.communicationUserId")
    }
    token = UserAccessToken(
      token: secret, expiresOn: expiresOn, identity: identity, claims: known)
  }

  /// Reads an answer's body.
  public init(bytes: [UInt8]) throws(WireError) {
    try self.init(json: try JSONValue.parse(bytes))
  }

  private static func moment(_ json: JSONValue?) throws(WireError) -> Timestamp? {
    guard let json, !json.isNull else { return nil }
    do throws(WireError) {
      return try WireTime(json: json).moment
    } catch {
      throw error.inside("expiresOn")
    }
  }

  private static func owner(_ answer: JSONValue) -> CommunicationIdentifier? {
    let user = answer[anyCase: "user"]
    let candidates = [
      user?[anyCase: "communicationUserId"], user?[anyCase: "id"],
      answer[anyCase: "identity"]?[anyCase: "id"], answer[anyCase: "userId"],
    ]
    let id = candidates.lazy.compactMap { $0?.string }.first { !$0.isEmpty }
    return id.map { CommunicationIdentifier(rawID: $0) }
  }
}

extension JSONValue {
  /// The member of an object whose name is `name` in whatever case; an exact match first.
  fileprivate subscript(anyCase name: String) -> JSONValue? {
    guard let object else { return nil }
    if let exact = object[name] { return exact }
    let lowered = name.lowercased()
    return object.members.first { $0.name.lowercased() == lowered }?.value
  }
}
