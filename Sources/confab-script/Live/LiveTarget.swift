import ACSTypes
import ArgumentTable
import Executor
import HTTPTransport
import ScriptKit
import Services
import Synchronization

/// The running services of `--against`.
struct LiveTarget: Sendable {
  /// Where the token service is, without a path.
  let tokenOrigin: String
  /// Where Chat is.
  let endpoint: String
  private let certificateAuthority: String?
  /// The same for all people of one run, so that they meet nobody of another one.
  private let run = String(SystemRandom().next() % 0xFF_FFFF, radix: 16)
  private static let sceneCount = Mutex(0)

  /// Asks the token service where Chat is, unless the command line says so.
  init(_ arguments: ParsedArguments, url: String) throws {
    let command = "confab script run"
    guard let scheme = url.firstRange(of: "://") else {
      throw UsageError("--against needs a URL such as http://127.0.0.1:7760", command: command)
    }
    let host = url[scheme.upperBound...].prefix { $0 != "/" }
    tokenOrigin = String(url[..<scheme.upperBound] + host)
    certificateAuthority = arguments.text("ca")
    if let endpoint = arguments.text("endpoint") {
      self.endpoint = endpoint.last == "/" ? String(endpoint.dropLast()) : endpoint
      return
    }
    let exchange = CurlExchange(certificateAuthority: certificateAuthority)
    let request = HTTPRequest(method: "GET", origin: tokenOrigin, target: "/getEndpointUrl")
    let result = RealExecutor.shared.run { () async -> Result<HTTPResponse, any Error> in
      do { return .success(try await exchange.exchange(request)) } catch { return .failure(error) }
    }
    switch result {
    case .failure(let error):
      let reason = (error as? TransportError)?.message ?? "\(error)"
      throw CommandError(.unavailable, "\(tokenOrigin) does not answer: \(reason)")
    case .success(let response):
      let text = String(decoding: response.body, as: UTF8.self).filter {
        !$0.isWhitespace && $0 != "\""
      }
      guard response.status == 200, text.hasPrefix("http") else {
        throw CommandError(
          .unavailable,
          "\(tokenOrigin)/getEndpointUrl does not tell where Chat is (\(response.status)); --endpoint does"
        )
      }
      endpoint = text.last == "/" ? String(text.dropLast()) : text
    }
  }

  /// The stage of a scene, with people of its own.
  func stage(_ setting: SceneSetting) throws(StageError) -> LiveStage {
    let number = LiveTarget.sceneCount.withLock { count in
      count += 1
      return count
    }
    let exchange = CurlExchange(certificateAuthority: certificateAuthority)
    let services = RealServices(
      tokenOrigin: tokenOrigin, endpoint: endpoint, nameEnd: "-\(run)-\(number)",
      exchange: exchange, tokenLife: setting.tokenLife)
    return try LiveStage(setting, services: services, exchange: exchange)
  }
}
