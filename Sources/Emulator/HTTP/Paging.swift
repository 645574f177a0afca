import ACSTypes
import ACSWire

/// One page of a list and what leads to the next (WIRE 4.3).
enum Paging {
  /// Entries a page when the request does not say; recorded for threads (WIRE 12.5).
  static let defaultSize = 100
  /// Entries a page at most; more is taken as this.
  static let maximumSize = 200

  /// How many entries the request wants on a page.
  static func size(_ exchange: Exchange) throws(Refusal) -> Int {
    min(try exchange.query.integer("maxPageSize", from: 1) ?? defaultSize, maximumSize)
  }

  /// An absolute link at the address that the request came to, with its api-version at the end as the service has it.
  ///
  /// The items' values are percent-encoded here, and `nil` ones left out.
  static func link(
    _ exchange: Exchange, path: String, _ items: KeyValuePairs<String, String?>
  ) -> String {
    var link = "\(exchange.request.origin)\(path)?"
    for case (let name, let value?) in items { link += "\(name)=\(value.percentEncoded)&" }
    return link + "api-version=\((exchange.query["api-version"] ?? "").percentEncoded)"
  }

  /// A page cut out of `all` by `skip` and `maxPageSize`; never an empty one with a link.
  static func skipping<Entry, Model: WireValue>(
    _ exchange: Exchange, path: String, all: [Entry], model: (Entry) throws -> Model
  ) throws -> PageModel<Model> {
    let size = try size(exchange)
    let skip = try exchange.query.integer("skip", from: 0) ?? 0
    let entries = all.dropFirst(skip).prefix(size)
    var page = PageModel(value: try entries.map(model))
    if all.count - skip > size {
      page.nextLink = link(
        exchange, path: path,
        ["skip": String(skip + size), "maxPageSize": exchange.query["maxPageSize"]])
    }
    return page
  }
}
