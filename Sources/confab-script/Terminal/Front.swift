import ACSTypes
import Executor
import HTTPServing
import HTTPTransport
import ScriptKit
import Services
import Synchronization

/// What somebody's client takes for the services: it hands on each request over a ``FaultyNetwork``, to the token service or
/// to Chat by its path.
final class Front: HTTPHandler {
  let network: FaultyNetwork
  private let origins: Mutex<(token: String, chat: String)>
  private let server: Mutex<HTTPServer?> = Mutex(nil)

  init(_ network: FaultyNetwork, token: String, chat: String) {
    self.network = network
    origins = Mutex((token, chat))
  }

  /// Begins to listen.
  ///
  /// - Returns: Where.
  func start() throws -> String {
    let server = HTTPServer(
      configuration: HTTPServer.Configuration(executor: RealExecutor.shared, handler: self))
    try server.start()
    self.server.withLock { $0 = server }
    return server.origin
  }

  func stop() {
    let server = server.withLock { server in
      defer { server = nil }
      return server
    }
    server?.stop(grace: .zero)
  }

  func respond(to request: HTTPRequest) -> HTTPHandling {
    var onward = request
    let isToken = FaultRule.target(of: request) == .tokenService
    onward.origin = origins.withLock { isToken ? $0.token : $0.chat }
    // What is said to this hop alone; the host stays, so that addresses in answers lead here.
    let isSocket = request.headers["Upgrade"]?.lowercased() == "websocket"
    for name in onward.headers.fields.map(\.name) where Front.isOfOneHop(name) {
      onward.headers[name] = nil
    }
    let sent = onward
    let network = network
    if isSocket {
      return .later { await Front.join(sent, over: network) }
    }
    return .later {
      do {
        var response = try await network.exchange(sent)
        for name in response.headers.fields.map(\.name) where Front.isOfOneHop(name) {
          response.headers[name] = nil
        }
        return .response(response)
      } catch {
        return .broken(HTTPResponse(status: 502), HTTPBreakage(ending: .reset))
      }
    }
  }

  private static func isOfOneHop(_ name: String) -> Bool {
    let name = name.lowercased()
    return [
      "connection", "content-length", "keep-alive", "transfer-encoding", "upgrade", "expect",
      "accept-encoding",
    ].contains(name) || name.hasPrefix("sec-websocket-")
  }

  /// Joins a client's socket to one of the service, until either ends.
  private static func join(
    _ request: HTTPRequest, over network: FaultyNetwork
  ) async -> HTTPServerReply {
    let upstream: any MessageSocket
    do {
      upstream = try await network.connect(request)
    } catch {
      let status = (error as? TransportError)?.status
      guard let status else {
        return .broken(HTTPResponse(status: 502), HTTPBreakage(ending: .reset))
      }
      return .response(HTTPResponse(status: status))
    }
    return .webSocket { client in
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await pump(from: client, to: upstream) }
        group.addTask { await pump(from: upstream, to: client) }
        await group.next()
        // One end is gone: so is the other.
        await client.drop()
        await upstream.drop()
      }
    }
  }

  private static func pump(from source: any MessageSocket, to target: any MessageSocket) async {
    do {
      while let text = try await source.receive() { try await target.send(text) }
      await target.close()
    } catch {
      await target.drop()
    }
  }
}
