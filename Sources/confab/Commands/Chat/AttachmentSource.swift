import ACSClient
import ACSTypes
import ArgumentTable
import ClientRuntime
import Configuration
import HTTPTransport
import Services

/// Fetches what a message has attached, with the user's token from the configured endpoint and from nowhere else.
struct AttachmentSource: Sendable {
  /// More is not taken: nothing says beforehand how much comes.
  static let limit = 1 << 30

  private let workplace: ChatWorkplace

  init(_ workplace: ChatWorkplace) {
    self.workplace = workplace
  }

  /// Writes the bytes of `attachment`, of a message in `thread`, as they come.
  ///
  /// - Throws: ``CommandError`` or `ServiceError`.
  func fetch(
    _ attachment: ChatAttachment, of thread: ChatThreadID, into file: OutputFile
  ) async throws {
    guard let text = attachment.url, let address = HTTPAddress(text) else {
      throw CommandError(.badData, "The attachment has no address from which it could be fetched.")
    }
    let isOurs = address.origin == HTTPAddress(workplace.configuration.endpoint)?.origin
    let request = HTTPRequest(
      method: "GET", origin: address.origin, target: address.target,
      timeout: workplace.arguments.duration("patience") ?? .seconds(30))
    let exchange = StreamedExchange(
      over: workplace.exchange, limit: AttachmentSource.limit, take: file.take)
    do {
      guard isOurs else { return try await foreign(request, at: address, exchange) }
      let authorised = AuthorisedExchange(
        exchange: exchange, credential: workplace.credential, clock: workplace.clock, flow: nil)
      try await workplace.chat.reading(.messages(thread)) {
        _ = try await authorised.send(request, during: "fetching the attachment")
      }
    } catch {
      if let failure = file.failure { throw failure }
      if let error = error as? ServiceError, error.status == 501 {
        throw CommandError(
          .unavailable,
          "\(error.message) This service names attachments only, as the emulator does; Azure has their bytes."
        )
      }
      throw error
    }
  }

  /// From another server, to which our token must not go.
  private func foreign(
    _ request: HTTPRequest, at address: HTTPAddress, _ exchange: StreamedExchange
  ) async throws {
    guard address.origin.hasPrefix("https://") else {
      throw CommandError(
        .badData,
        "The attachment is at \(address.withoutQuery), which is not https; it is not fetched.")
    }
    let response: HTTPResponse
    do {
      response = try await exchange.exchange(request)
    } catch let error as TransportError {
      throw CommandError(.unavailable, "Failed fetching the attachment: \(error.message)")
    }
    guard response.isSuccess else {
      throw CommandError(
        .notPermitted,
        """
        \(address.withoutQuery) answered \(response.status). Files of Teams are kept in SharePoint, which has a sign-in of \
        its own: open the address in a browser.
        """)
    }
  }
}
