import ACSAuth
import ACSTypes
import ACSWire

extension ServiceExchange {
  /// The entries of all pages of a list.
  ///
  /// - Throws: `ServiceError` with code `.badAnswer` when a page leads to another server, or when there are more than
  ///   `pageLimit` pages: a list that long means links that run in a circle.
  func all<Model: WireValue>(
    from first: HTTPRequest, following next: (String) throws -> HTTPRequest, pageLimit: Int,
    during action: String
  ) async throws -> [Model] {
    var entries: [Model] = []
    var request = first
    for _ in 0..<pageLimit {
      let page: PageModel<Model> = try await answer(to: request, during: action)
      entries += page.value
      guard let link = page.nextLink else { return entries }
      do {
        request = try next(link)
      } catch {
        throw ServiceError(error, during: action)
      }
    }
    throw ServiceError(
      .badAnswer, "Failed \(action): the list does not end after \(pageLimit) pages.")
  }
}
