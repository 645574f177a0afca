public import ACSTypes
import ACSWire
public import Services

/// A token that somebody put into a variable, a file or a command, and that nobody renews.
///
/// The place is read again each time it is asked, so that a newer token put there is taken.
public struct GivenToken: TokenSource {
  /// Always false.
  public let isRenewable = false

  private let source: SecretSource
  private let reader: SecretReader
  private let flow: TokenFlow
  private let clock: any WallClock

  /// A token to be read from `source`.
  public init(
    source: SecretSource, reader: SecretReader, clock: any WallClock, flow: TokenFlow
  ) {
    self.source = source
    self.reader = reader
    self.clock = clock
    self.flow = flow
  }

  /// Reads the token.
  ///
  /// - Throws: `ServiceError` that names the place; `.signInNeeded` for a token that has ended.
  public func fetch(
    renewing identity: CommunicationIdentifier?, mayPrompt: Bool
  ) async throws -> UserAccessToken {
    let step = flow.begin(.request, "Read the token from \(source.words)")
    do {
      let token = try token(in: try await reader.read(source))
      let end = token.effectiveExpiry
      guard end > clock.now else {
        throw ServiceError(
          .signInNeeded,
          """
          The token in \(source.words) ended \(end.iso8601), and nobody renews it. Put a new one there, or configure \
          a tokenService, which renews by itself.
          """)
      }
      flow.end(step, details: ["user  \(token.identity.rawID)"])
      return token
    } catch {
      let failure = ServiceError(error, during: "reading the token from \(source.words)")
      flow.end(step, outcome: .failed(failure.message))
      throw failure
    }
  }

  private func token(in text: Secret) throws -> UserAccessToken {
    func wrong(_ why: String) -> ServiceError {
      ServiceError(
        .badSettings,
        "\(source.words.capitalizedFirst) holds no user access token: \(why)")
    }
    if text.reveal().hasPrefix("{") {
      do {
        return try TokenServiceAnswer(bytes: Array(text.reveal().utf8)).token
      } catch {
        throw wrong(error.message)
      }
    }
    guard let token = TokenText(text.reveal())?.token else { throw wrong("it is several words.") }
    let claims: TokenClaims
    do {
      claims = try TokenClaims(jwt: token)
    } catch {
      throw wrong(error.message)
    }
    guard let identity = claims.identity else {
      throw wrong("it does not tell whose it is (the claim skypeid is missing).")
    }
    return UserAccessToken(
      token: token, expiresOn: claims.expiresOn, identity: identity, claims: claims)
  }
}
