import ACSTypes
import Emulator
import Executor
import HTTPServing
import Services

/// Joins the sockets of real-time events, and requests to their clients, to the emulator.
struct EventSockets: Sendable {
  /// Texts that wait for a client that does not read; with more it is dropped.
  private static let capacity = 2048

  let emulator: Emulator
  private let clock = SystemClock()

  init(emulator: Emulator) {
    self.emulator = emulator
  }

  /// What becomes of a request for a socket or to a client; `nil` for all others.
  func handling(of request: HTTPRequest, log: RequestLog) -> HTTPHandling? {
    if Emulator.isPush(request) { return .later { .response(await push(request)) } }
    guard Emulator.isSocket(request) else { return nil }
    let start = log.start
    switch emulator.admitSocket(request, now: clock.now) {
    case nil: return nil
    case .refused(let reply):
      log.write(request, reply.response, since: start)
      return .now(HTTPServerReply(reply))
    case .admitted(let ticket):
      log.write(request, HTTPResponse(status: 101), since: start)
      return .now(.webSocket { socket in await serve(socket, ticket) })
    }
  }

  private func push(_ request: HTTPRequest) async -> HTTPResponse {
    await withCheckedContinuation { continuation in
      emulator.push(request, now: clock.now) { continuation.resume(returning: $0) }
    }
  }

  private func serve(_ socket: any MessageSocket, _ ticket: SocketTicket) async {
    let (outputs, outlet) = AsyncStream.makeStream(
      of: SocketOutput.self, bufferingPolicy: .bufferingOldest(EventSockets.capacity))
    let id = emulator.socketOpened(ticket, now: clock.now) { output in
      if case .close = output { return outlet.finish() }
      if case .dropped = outlet.yield(output) { outlet.finish() }
    }
    await withDiscardingTaskGroup { group in
      group.addTask {
        for await output in outputs {
          switch output {
          case .text(let text): do { try await socket.send(text) } catch { return }
          case .drop: return await socket.drop()
          case .close: break
          }
        }
        await socket.close()
      }
      while let text = try? await socket.receive() {
        emulator.socketReceived(text, over: id, now: clock.now)
      }
      emulator.socketClosed(id, now: clock.now)
      outlet.finish()
    }
  }
}
