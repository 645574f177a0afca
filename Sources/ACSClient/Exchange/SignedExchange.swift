import ACSAuth
public import ACSTypes
import ACSWire
public import Services

/// Sends requests as a trusted service does: authorised by an access key or a managed identity.
public struct SignedExchange: ServiceExchange {
  private let exchange: any HTTPExchange
  private let authoriser: any RequestAuthoriser

  /// Requests over `exchange`, each authorised by `authoriser`.
  public init(exchange: any HTTPExchange, authoriser: any RequestAuthoriser) {
    self.exchange = exchange
    self.authoriser = authoriser
  }

  /// Sends once, and once more after a 401 to which there is other proof.
  public func send(_ request: HTTPRequest, during action: String) async throws -> HTTPResponse {
    var authorised: HTTPRequest
    var response: HTTPResponse
    do {
      authorised = try await authoriser.authorise(request)
      response = try await exchange.exchange(authorised)
      if response.status == 401, await authoriser.refused(authorised) {
        authorised = try await authoriser.authorise(request)
        response = try await exchange.exchange(authorised)
      }
    } catch {
      throw ServiceError(error, during: action)
    }
    guard response.isSuccess else {
      var error = ServiceError(response, during: action)
      if let skew = ClockSkew(signed: authorised, refusal: response) {
        error.message += " \(skew.words)"
      }
      throw error
    }
    return response
  }
}
