import CMicrohttpd
import Executor
import Glibc
import Synchronization
import WebSocketFrames

/// Moves the bytes of a server's WebSockets on one thread, which sleeps while nothing comes.
final class SocketLoop: Sendable {
  private enum Request: Sendable {
    case adopt(Int, AdoptedSocket, MessageChannel)
    case perform(Int, MessageChannel.Order)
    case closeAll
    case stop
  }

  private struct State {
    var requests: [Request] = []
    var thread: PosixThread?
    var isStopped = false
    var lastNumber = 0
  }

  /// Closes the connections' handles.
  let closing = HandleClosing()
  private let state = Mutex(State())
  private let wake = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))

  deinit {
    close(wake)
  }

  /// Takes over an upgraded connection; the thread starts with the first.
  func adopt(_ socket: AdoptedSocket) -> MessageChannel {
    let number = state.withLock { state in
      state.lastNumber += 1
      return state.lastNumber
    }
    let channel = MessageChannel { [weak self] order in
      guard let self, self.post(.perform(number, order)) else { return refuse(order) }
    }
    state.withLock { state in
      guard state.thread == nil, !state.isStopped else { return }
      state.thread = PosixThread(name: "websockets") { self.run() }
    }
    if !post(.adopt(number, socket, channel)) {
      socket.end(gracefully: false)
      closing.close(socket.handle)
      FramedConnection(side: .server, peer: "the client", channel: channel).ended(nil)
    }
    return channel
  }

  /// Says to every peer that the server goes away.
  func closeAll() { _ = post(.closeAll) }

  /// Drops every socket, ends the thread and waits for it; called once.
  func stop() {
    let thread = state.withLock { state in
      // Without a thread nobody else would refuse what comes later.
      if state.thread == nil { state.isStopped = true }
      return state.thread
    }
    guard let thread else { return }
    _ = post(.stop)
    thread.join()
  }

  private func post(_ request: Request) -> Bool {
    let isTaken = state.withLock { state in
      if !state.isStopped { state.requests.append(request) }
      return !state.isStopped
    }
    if isTaken { eventfd_write(wake, 1) }
    return isTaken
  }

  private func takeRequests() -> [Request] {
    var count: eventfd_t = 0
    eventfd_read(wake, &count)
    return state.withLock { state in
      defer { state.requests = [] }
      return state.requests
    }
  }

  private func run() {
    var sockets = OpenSockets(wake: wake, closing: closing)
    var goesOn = true
    while goesOn {
      sockets.wait()
      goesOn = serve(takeRequests(), &sockets)
    }
    let late = state.withLock { state in
      state.isStopped = true
      defer { state.requests = [] }
      return state.requests
    }
    _ = serve(late, &sockets)
    sockets.dropAll()
  }

  /// Does what was asked.
  ///
  /// - Returns: False when the loop shall end.
  private func serve(_ requests: [Request], _ sockets: inout OpenSockets) -> Bool {
    var goesOn = true
    for request in requests {
      switch request {
      case .adopt(let number, let socket, let channel):
        sockets.adopt(socket, number: number, channel: channel)
      case .perform(let number, let order): sockets.perform(order, on: number)
      case .closeAll: sockets.closeAll()
      case .stop: goesOn = false
      }
    }
    return goesOn
  }
}

/// Answers an order that comes after the end.
func refuse(_ order: MessageChannel.Order) {
  guard case .send(_, let continuation) = order else { return }
  continuation.resume(throwing: FramedConnection.closedError("the client"))
}
