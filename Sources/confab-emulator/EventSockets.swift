import ACSTypes
import Emulator
import Executor
import HTTPServing
import Services

/// Joins the sockets of real-time events, and requests to their clients, to the emulator.
struct EventSockets: Sendable {
  /// Texts that wait for a client that does not read; with more it is dropped.
  private static let capacity = 2048
  /// How long a client that does not read has for what is to be said before a socket is closed.
  private static let patience = Duration.seconds(5)

  /// Why a socket is given up.
  private enum End: Sendable {
    /// It is closed, after what was said before.
    case closing
    /// The client reads nothing.
    case overflowing
  }

  let emulator: Emulator
  private let clock = SystemClock()

  init(emulator: Emulator) {
    self.emulator = emulator
  }

  /// What becomes of a request for a socket or to a client; `nil` for all others.
  func handling(of request: HTTPRequest, log: RequestLog) -> HTTPHandling? {
    let start = log.start
    if Emulator.isPush(request) {
      return .later {
        let response = await push(request)
        log.write(request, response, since: start)
        return .response(response)
      }
    }
    guard Emulator.isSocket(request) else { return nil }
    switch emulator.admitSocket(request, now: clock.now) {
    case nil: return nil
    case .refused(let reply):
      log.write(request, reply.response, since: start)
      return .now(HTTPServerReply(reply))
    case .admitted(let ticket):
      return .now(
        .webSocket { socket in
          // Not before: a request that is no good handshake is refused by the server.
          log.write(request, HTTPResponse(status: 101), since: start)
          await serve(socket, ticket)
        })
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
    let (ends, end) = AsyncStream.makeStream(of: End.self)
    let id = emulator.socketOpened(ticket, now: clock.now) { output in
      if case .close = output {
        outlet.finish()
        end.yield(.closing)
      } else if case .dropped = outlet.yield(output) {
        outlet.finish()
        end.yield(.overflowing)
      }
    }
    await withDiscardingTaskGroup { group in
      group.addTask {
        // A client that reads nothing holds up the task below for ever, and may go on to write meanwhile.
        for await reason in ends {
          if case .closing = reason {
            do { try await SystemTimer().wait(EventSockets.patience) } catch { return }
          }
          return await socket.drop()
        }
      }
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
      end.finish()
      group.cancelAll()
    }
  }
}
