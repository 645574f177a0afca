import ACSTypes
import ArgumentTable
import FoundationEssentials
import Services
import Synchronization
import TestKit

@testable import confab_admin

/// A folder that is gone with its value.
final class Folder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/confab-admin-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }
}

/// Collects lines.
final class Lines: Sendable {
  private let state = Mutex<[String]>([])

  var all: [String] { state.withLock { $0 } }

  func append(_ line: String) {
    state.withLock { $0.append(line) }
  }
}

/// A resource whose service is a script.
struct Bench {
  static let endpoint = "https://contoso.example.com"
  static let alice = "8:acs:5d1c_alice"

  let folder: Folder
  let exchange: ScriptedExchange
  let clock = ManualClock()
  let journal: IdentityJournal

  init(_ lines: [ScriptedExchange.Line]) throws {
    folder = try Folder()
    exchange = ScriptedExchange(lines)
    journal = IdentityJournal(path: "\(folder.path)/state/confab/identities.jsonl")
  }

  var resource: Resource {
    Resource(
      endpoint: Bench.endpoint, authoriser: authoriser, exchange: exchange, journal: journal,
      clock: clock, random: SeededRandom(seed: 3))
  }

  /// Changes nothing of a request.
  var authoriser: any RequestAuthoriser { Unauthorised() }

  /// True when exactly the script was played.
  var isPlayed: Bool { exchange.anomalies.isEmpty && exchange.unmet.isEmpty }
}

private struct Unauthorised: RequestAuthoriser {
  func authorise(_ request: HTTPRequest) async throws -> HTTPRequest { request }
}

/// What the service is asked, and answers.
extension ScriptedExchange.Line {
  private static func url(_ path: String) -> String {
    "\(Bench.endpoint)/identities\(path)?api-version=2023-10-01"
  }

  private static func path(_ id: String) -> String { "/\(id.percentEncoded)" }

  static func create(_ id: String = Bench.alice) -> Self {
    .answer("POST", url(""), status: 201, body: #"{"identity":{"id":"\#(id)"}}"#)
  }

  static func issue(_ id: String = Bench.alice, status: Int = 200) -> Self {
    .answer(
      "POST", url("\(path(id))/:issueAccessToken"), status: status,
      body: #"{"token":"a.b.c","expiresOn":"2026-11-22T02:29:57.000000+00:00"}"#)
  }

  static func delete(_ id: String = Bench.alice, status: Int = 204) -> Self {
    .answer("DELETE", url(path(id)), status: status, body: status == 204 ? "" : notOwned)
  }

  static func revoke(_ id: String = Bench.alice, status: Int) -> Self {
    .answer(
      "POST", url("\(path(id))/:revokeAccessTokens"), status: status,
      body: status == 204 ? "" : notOwned)
  }

  static func deleteFails(_ id: String = Bench.alice) -> Self {
    .failure("DELETE", url(path(id)), TransportError(.cannotConnect, "Nothing answers."))
  }

  static func deleteBusy(_ id: String = Bench.alice, retryAfter: String) -> Self {
    .answer("DELETE", url(path(id)), status: 429, headers: ["Retry-After": retryAfter])
  }

  static func issueFails(_ id: String = Bench.alice) -> Self {
    .failure(
      "POST", url("\(path(id))/:issueAccessToken"), TransportError(.timedOut, "No answer came."))
  }

  static func issueHangs(_ id: String = Bench.alice, at gate: Gate) -> Self {
    .held("POST", url("\(path(id))/:issueAccessToken"), by: gate)
  }

  private static let notOwned =
    #"{"error":{"code":"IdentityNotOwned","message":"Provided identity doesn't belong."}}"#
}
