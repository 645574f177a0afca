import ACSTypes

/// All that a service lists, whichever page it is on; `page` brings one, the first for `nil`, else the one that the page
/// before leads to.
func everyPage<Element>(
  _ page: (_ next: String?) async throws -> Page<Element>
) async throws -> [Element] {
  var values: [Element] = []
  var next: String?
  repeat {
    let page = try await page(next)
    values += page.values
    next = page.nextLink
  } while next != nil
  return values
}
