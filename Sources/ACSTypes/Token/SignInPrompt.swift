/// What somebody has to do in a browser so that the sign-in can go on (RFC 8628).
public struct SignInPrompt: Hashable, Sendable, Codable {
  /// What is typed there: `WDJB-MJHT`.
  public var userCode: String
  /// Where it is typed; fit to be shown.
  public var verificationURL: String
  /// When the code stops being good.
  public var expiresOn: Timestamp

  /// A prompt.
  public init(userCode: String, verificationURL: String, expiresOn: Timestamp) {
    self.userCode = userCode
    self.verificationURL = verificationURL
    self.expiresOn = expiresOn
  }
}
