import ACSTypes
import ACSWire
import ArgumentTable
import Glibc
import HTTPTransport
import Services

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The administration of a running emulator, as a command sees it.
struct Administration: Sendable {
  private static let standard = "http://127.0.0.1:7753"

  /// Where it is: scheme, host and port.
  let origin: String
  private let exchange = CurlExchange(userAgent: "confab-emulator")

  /// The one that the command line names by `--admin` or `--ready-file`, else the environment, else the standard one.
  init(_ arguments: ParsedArguments) throws(CommandError) {
    let address: String
    if let given = arguments.text("admin") {
      address = given
    } else if let path = arguments.text("ready-file") {
      address = try Administration.address(inReadyFile: path)
    } else if let variable = getenv("CONFAB_EMULATOR_ADMIN"), variable.pointee != 0 {
      address = String(cString: variable)
    } else {
      address = Administration.standard
    }
    guard let found = HTTPAddress(address), found.target == "/" else {
      throw CommandError(
        .configuration, "'\(address)' is no address of an administration such as \(Self.standard)")
    }
    origin = found.origin
  }

  /// Sends a request and gives the answer's JSON, `null` when it has none.
  ///
  /// - Throws: ``CommandError`` when nothing answers, or the emulator refuses; with its own words then.
  func ask(
    _ method: String, _ target: String, _ body: JSONValue? = nil
  ) async throws(CommandError) -> JSONValue {
    let request = HTTPRequest(
      method: method, origin: origin, target: target,
      headers: body == nil ? [:] : ["Content-Type": "application/json"], body: body?.bytes ?? [],
      timeout: .seconds(10))
    let response: HTTPResponse
    do {
      response = try await exchange.exchange(request)
    } catch {
      let words = (error as? TransportError)?.message ?? "\(error)"
      throw CommandError(
        .unavailable,
        "no emulator answers at \(origin): \(words) Start one with `confab emulator`, or name "
          + "its adminEndpoint with --admin.")
    }
    guard response.isSuccess else {
      let why = response.headers["X-Confab-Why"] ?? "it answered \(response.status)."
      throw CommandError(Administration.exitCode(response.status), why)
    }
    guard !response.body.isEmpty else { return .null }
    do {
      return try JSONValue.parse(response.body)
    } catch {
      throw CommandError(.badData, "\(origin) is no emulator: its answer is no JSON.")
    }
  }

  private static func exitCode(_ status: Int) -> ExitCode {
    switch status {
    case 401, 403: .notPermitted
    case 400..<500: .badData
    default: .unavailable
    }
  }

  private static func address(inReadyFile path: String) throws(CommandError) -> String {
    guard let address = try facts(inReadyFile: path)["adminEndpoint"]?.string else {
      throw CommandError(.badData, "\(path) is no ready file of an emulator.")
    }
    return address
  }

  /// What the emulator tells of itself: the ready file that the command line names has its secrets, too.
  func facts(_ arguments: ParsedArguments) async throws(CommandError) -> JSONValue {
    guard let path = arguments.text("ready-file") else { return try await ask("GET", "/facts") }
    return try Administration.facts(inReadyFile: path)
  }

  private static func facts(inReadyFile path: String) throws(CommandError) -> JSONValue {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw CommandError(
        .unavailable, "\(path) cannot be read; an emulator that runs with --ready-file wrote it.")
    }
    guard let facts = try? JSONValue.parse(Array(bytes)), facts.object != nil else {
      throw CommandError(.badData, "\(path) is no ready file of an emulator.")
    }
    return facts
  }
}
