public import ACSAuth
public import ACSTypes
import ACSWire
public import Services
import Synchronization

/// The trusted service's call gateway over a WebSocket (docs/gateway-protocol.md).
///
/// It does not reconnect by itself: ``run(signal:)`` ends, and who ran it decides when to run it again.
public final class GatewayClient: CallGateway {
  private let request: HTTPRequest
  private let url: String
  private let connector: any MessageSocketConnector
  private let credential: UserTokenCredential
  private let socket = Mutex<(any MessageSocket)?>(nil)

  /// The gateway at `url`.
  ///
  /// - Parameters:
  ///   - url: `ws`, `wss`, `http` or `https`; without a path the contract's is taken.
  ///   - connector: Opens the socket.
  ///   - credential: Tells the gateway who the user is.
  /// - Throws: `ServiceError` with code `.badSettings`.
  public init(
    url: String, connector: any MessageSocketConnector, credential: UserTokenCredential
  ) throws {
    guard let address = HTTPAddress(url) else {
      throw ServiceError(
        .badSettings,
        "The call gateway's address is none. Write ws:// or wss:// and a host, as confab serve tells it."
      )
    }
    var request = GatewayProtocol.connect(to: address.origin)
    if address.target != "/" { request.target = address.target }
    self.request = request
    self.url = address.withoutQuery
    self.connector = connector
    self.credential = credential
  }

  /// Connects, passes signals on, and returns when the gateway closed in good order.
  ///
  /// Signals of types that this version does not know are passed over.
  public func run(signal: @escaping @Sendable (CallSignal) -> Void) async throws {
    let socket: any MessageSocket
    do {
      socket = try await connect()
    } catch {
      throw ServiceError(error, during: "connecting to the call gateway at \(url)")
    }
    self.socket.withLock { $0 = socket }
    let end: Result<Void, any Error>
    do {
      try await read(socket, signal: signal)
      end = .success(())
    } catch {
      end = .failure(error)
    }
    self.socket.withLock { $0 = nil }
    await socket.close()
    do {
      try end.get()
    } catch {
      throw ServiceError(error, during: "listening to the call gateway at \(url)")
    }
  }

  /// Sends a command over the open connection.
  public func send(_ command: CallCommand) async throws {
    guard let socket = socket.withLock({ $0 }) else {
      throw ServiceError(
        .unreachable, "There is no connection to the call gateway at \(url); calls wait for it.")
    }
    do {
      try await socket.send(command.json.text)
    } catch {
      throw ServiceError(error, during: "sending to the call gateway at \(url)")
    }
  }

  /// Opens the socket; after a 401 once more with a new token.
  private func connect() async throws -> any MessageSocket {
    let token = try await credential.token()
    do {
      let socket = try await connector.connect(authorised(by: token))
      credential.accepted(token)
      return socket
    } catch let error as TransportError where error.status == 401 {
      let next = try await credential.token(insteadOf: token)
      let socket = try await connector.connect(authorised(by: next))
      credential.accepted(next)
      return socket
    }
  }

  private func authorised(by token: Secret) -> HTTPRequest {
    var request = request
    request.headers["Authorization"] = "Bearer \(token.reveal())"
    return request
  }

  private func read(
    _ socket: any MessageSocket, signal: @Sendable (CallSignal) -> Void
  ) async throws {
    while let text = try await socket.receive() {
      do {
        signal(try CallSignal(json: try JSONValue.parse(text)))
      } catch  where error.code == .unknownType {
        continue
      }
    }
  }
}
