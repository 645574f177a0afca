import Executor
import Services
import Synchronization

/// A socket that can be broken, and made to fall silent.
final class FaultySocket: MessageSocket {
  private let socket: any MessageSocket
  private let state = Mutex((isSilent: false, isOver: false))

  init(_ socket: any MessageSocket) {
    self.socket = socket
  }

  /// True after its end.
  var isOver: Bool { state.withLock { $0.isOver } }

  func fallSilent() { state.withLock { $0.isSilent = true } }

  func `break`() {
    state.withLock { $0.isOver = true }
    let socket = socket
    PosixThread(name: "break") { RealExecutor.shared.run { await socket.drop() } }.detach()
  }

  func send(_ text: String) async throws {
    guard !state.withLock({ $0.isSilent }) else { return }
    try await socket.send(text)
  }

  func receive() async throws -> String? {
    while true {
      do {
        let text = try await socket.receive()
        if text == nil { state.withLock { $0.isOver = true } }
        if state.withLock({ $0.isSilent }), text != nil { continue }
        return text
      } catch {
        state.withLock { $0.isOver = true }
        throw error
      }
    }
  }

  func close() async {
    state.withLock { $0.isOver = true }
    await socket.close()
  }

  func drop() async {
    state.withLock { $0.isOver = true }
    await socket.drop()
  }
}
