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

  /// Sends once; nothing is retried.
  public func send(_ request: HTTPRequest, during action: String) async throws -> HTTPResponse {
    let response: HTTPResponse
    do {
      response = try await exchange.exchange(try await authoriser.authorise(request))
    } catch {
      throw ServiceError(error, during: action)
    }
    guard response.isSuccess else { throw ServiceError(response, during: action) }
    return response
  }
}
