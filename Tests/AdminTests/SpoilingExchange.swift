import ACSTypes
import FoundationEssentials
import Services
import TestKit

@testable import confab_admin

/// Puts a folder where the journal was while the first request is on its way.
struct SpoilingExchange: HTTPExchange {
  private let bench: Bench

  init(_ bench: Bench) {
    self.bench = bench
  }

  func exchange(_ request: HTTPRequest) async throws -> HTTPResponse {
    let path = bench.journal.path
    try? FileManager.default.removeItem(atPath: path)
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    return try await bench.exchange.exchange(request)
  }
}
