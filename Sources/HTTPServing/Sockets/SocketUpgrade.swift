import ACSTypes
import CMicrohttpd
import Glibc
import Services
import WebSocketFrames

/// The step from a request to a WebSocket (RFC 6455, 4.2).
final class SocketUpgrade {
  private let daemon: Daemon
  private let request: HTTPRequest
  private let owner: @Sendable (any MessageSocket) async -> Void

  init(
    daemon: Daemon, request: HTTPRequest,
    owner: @escaping @Sendable (any MessageSocket) async -> Void
  ) {
    self.daemon = daemon
    self.request = request
    self.owner = owner
  }

  /// Why the request cannot become a WebSocket; `nil` when it can.
  var refusal: HTTPRefusal? {
    let headers = request.headers
    guard request.method == "GET", names("websocket", in: headers["Upgrade"]),
      names("upgrade", in: headers["Connection"])
    else {
      return .upgradeRequired("Open a WebSocket here.", ["Upgrade": "websocket"])
    }
    guard headers["Sec-WebSocket-Version"] == "13" else {
      return .upgradeRequired(
        "Sec-WebSocket-Version must be 13.", ["Sec-WebSocket-Version": "13"])
    }
    guard let key = headers["Sec-WebSocket-Key"], WebSocketHandshake.isKey(key) else {
      return .badRequest("Sec-WebSocket-Key must be 16 bytes in Base64.")
    }
    return nil
  }

  /// Queues the answer 101; `opened` follows on the same thread.
  func accept(on connection: OpaquePointer) -> Bool {
    guard let key = request.headers["Sec-WebSocket-Key"],
      let answer = MHD_create_response_for_upgrade(upgraded, nil)
    else { return false }
    defer { MHD_destroy_response(answer) }
    _ = MHD_add_response_header(answer, "Upgrade", "websocket")
    _ = MHD_add_response_header(
      answer, "Sec-WebSocket-Accept", WebSocketHandshake.accept(forKey: key))
    return MHD_queue_response(connection, 101, answer) == .YES
  }

  /// The connection is a WebSocket now; `early` came behind the request's head.
  fileprivate func opened(
    _ connection: OpaquePointer?, early: UnsafeRawBufferPointer, descriptor: Int32,
    handle: OpaquePointer
  ) {
    let actual = connection.map { cmicrohttpd_descriptor($0) } ?? -1
    var yes: Int32 = 1
    let size = socklen_t(MemoryLayout<Int32>.size)
    setsockopt(actual, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, size)
    setsockopt(actual, SOL_SOCKET, SO_KEEPALIVE, &yes, size)
    let channel = daemon.sockets.adopt(
      AdoptedSocket(
        descriptor: descriptor, handle: handle, connection: actual, early: Array(early)))
    daemon.traffic.start { [owner] in
      await owner(channel)
      await channel.close()
    }
  }

  private func names(_ token: String, in field: String?) -> Bool {
    guard let field else { return false }
    return field.lowercased().split(separator: ",").contains { part in
      part.drop { $0 == " " }.prefix { $0 != " " } == token
    }
  }
}

private func upgraded(
  context: UnsafeMutableRawPointer?, connection: OpaquePointer?, request: UnsafeMutableRawPointer?,
  extra: UnsafePointer<CChar>?, extraSize: Int, descriptor: Int32, handle: OpaquePointer?
) {
  guard let request, let handle else { return }
  let exchange = Unmanaged<ServerExchange>.fromOpaque(request).takeUnretainedValue()
  guard let upgrade = exchange.upgrade else { return cmicrohttpd_close_upgraded(handle) }
  upgrade.opened(
    connection, early: UnsafeRawBufferPointer(start: extra, count: extraSize),
    descriptor: descriptor, handle: handle)
  exchange.becameWebSocket()
}
