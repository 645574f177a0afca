import ACSAuth
import ACSTypes
import ACSWire
public import Services

/// Chat over HTTP as a signed-in user uses it (WIRE 4).
///
/// The operations are in the folders of their features. A `nextLink` is followed verbatim, and only to the endpoint's
/// own server: the user's token must not go elsewhere.
public struct ChatClient: ChatService {
  /// How many messages a page has: a screen and some, well under the service's 200.
  static let messagesPageSize = 100
  /// How many pages of participants are followed; the service allows 250 people in a thread.
  static let participantPageLimit = 20

  let requests: ChatRequests
  let exchange: any ServiceExchange

  /// Chat of the resource at `endpoint`.
  ///
  /// - Parameters:
  ///   - endpoint: Scheme and host, slashes at the end allowed.
  ///   - exchange: Sends in the user's name.
  public init(endpoint: String, exchange: any ServiceExchange) {
    requests = ChatRequests(endpoint: endpoint)
    self.exchange = exchange
  }

  /// One page of a list: the first one, or the one to which `next` leads.
  func page<Model: WireValue, Element>(
    _ first: HTTPRequest, next: String?, during action: String,
    convert: (Model) -> Element
  ) async throws -> Page<Element> {
    do {
      let request = try next.map(requests.next) ?? first
      let (model, servedOn) = try await exchange.datedAnswer(
        to: request, as: PageModel<Model>.self, during: action)
      return Page(
        values: model.value.map(convert), nextLink: model.nextLink, servedOn: servedOn)
    } catch {
      throw ServiceError(error, during: action)
    }
  }
}
