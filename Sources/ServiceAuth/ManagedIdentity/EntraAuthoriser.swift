public import ACSTypes
public import Services

/// Authorises requests with the token of an identity (WIRE 1.3).
public struct EntraAuthoriser: RequestAuthoriser {
  private let credential: EntraCredential

  /// Authorises with the tokens of `credential`.
  public init(credential: EntraCredential) {
    self.credential = credential
  }

  /// The request with `Authorization: Bearer`.
  ///
  /// - Throws: `ServiceError` with code `.badSettings` for an address that would get the token in clear text; nothing is
  ///   fetched then.
  public func authorise(_ request: HTTPRequest) async throws -> HTTPRequest {
    guard Loopback.protectsSecrets(request.origin) else {
      throw ServiceError(
        .badSettings,
        "\(request.origin) would get the identity's token in clear text, for everybody on the way "
          + "to read. Use https:// for every machine but this one.")
    }
    var authorised = request
    do throws(ServiceAuthError) {
      let token = try await credential.token()
      authorised.headers["Authorization"] = "Bearer \(token.reveal())"
    } catch {
      throw ServiceError(error)
    }
    return authorised
  }

  /// Drops the token that the service did not take, as after its issuer changed its keys.
  public func refused(_ request: HTTPRequest) async -> Bool {
    guard let text = request.headers["Authorization"], text.hasPrefix("Bearer ") else {
      return false
    }
    return credential.refused(Secret(String(text.dropFirst("Bearer ".count))))
  }
}

extension ServiceError {
  /// What it means for a request that its credential failed.
  public init(_ error: ServiceAuthError) {
    let code: Code =
      switch error.code {
      case .refused: .credentialRefused
      case .cancelled: .cancelled
      default: .credentialUnavailable
      }
    self.init(code, error.message)
  }
}
