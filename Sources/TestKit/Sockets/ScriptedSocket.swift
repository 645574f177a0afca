public import ACSTypes
public import Services
import Synchronization

/// A connector whose sockets say what a test wrote down, and which keeps the rules of the real one: nothing can be
/// sent after the end, one caller receives at a time.
public final class ScriptedSocketConnector: MessageSocketConnector {
  /// What becomes of one attempt to connect.
  public enum Attempt: Sendable {
    /// The socket opens, gives these texts, and ends as told.
    case open([String], end: End)
    /// It does not open.
    case failure(TransportError)
  }

  /// How a socket ends after its last text.
  public enum End: Sendable {
    /// The peer closes in good order.
    case closed
    /// The connection breaks.
    case broken(TransportError)
    /// It stays open until `gate` opens, then closes in good order.
    case held(Gate)
  }

  private struct State {
    var attempts: [Attempt]
    var requests: [HTTPRequest] = []
    var sent: [String] = []
    var anomalies: [String] = []
    var openSockets = 0
  }

  private let state: Mutex<State>

  /// Attempts to connect, in order.
  public init(_ attempts: [Attempt]) {
    state = Mutex(State(attempts: attempts))
  }

  /// The requests to connect.
  public var requests: [HTTPRequest] { state.withLock { $0.requests } }
  /// The texts that were sent over any socket.
  public var sent: [String] { state.withLock { $0.sent } }
  /// What was done against the rules.
  public var anomalies: [String] { state.withLock { $0.anomalies } }
  /// Sockets that nobody closed.
  public var openSockets: Int { state.withLock { $0.openSockets } }

  /// Plays the next attempt.
  public func connect(_ request: HTTPRequest) async throws -> any MessageSocket {
    let attempt = state.withLock { state -> Attempt? in
      state.requests.append(request)
      guard !state.attempts.isEmpty else {
        state.anomalies.append(
          "A connection to \(request.origin)\(request.target) was not expected.")
        return nil
      }
      return state.attempts.removeFirst()
    }
    switch attempt {
    case .open(let texts, let end):
      state.withLock { $0.openSockets += 1 }
      return Socket(owner: self, texts: texts, end: end)
    case .failure(let error): throw error
    case nil: throw TransportError(.cannotConnect, "The script does not know this connection.")
    }
  }

  private func note(_ change: (inout State) -> Void) {
    state.withLock { change(&$0) }
  }

  private struct Socket: MessageSocket {
    private final class Course: Sendable {
      let state: Mutex<(texts: [String], isOpen: Bool, isReceiving: Bool)>
      init(_ texts: [String]) { state = Mutex((texts, true, false)) }
    }

    private let owner: ScriptedSocketConnector
    private let end: End
    private let course: Course

    init(owner: ScriptedSocketConnector, texts: [String], end: End) {
      self.owner = owner
      self.end = end
      course = Course(texts)
    }

    func send(_ text: String) async throws {
      guard course.state.withLock({ $0.isOpen }) else {
        throw TransportError(.interrupted, "The socket is closed.")
      }
      owner.note { $0.sent.append(text) }
    }

    func receive() async throws -> String? {
      let text = course.state.withLock { state -> String? in
        if state.isReceiving { owner.note { $0.anomalies.append("Two callers receive at once.") } }
        state.isReceiving = true
        return state.texts.isEmpty ? nil : state.texts.removeFirst()
      }
      defer { course.state.withLock { $0.isReceiving = false } }
      if let text { return text }
      switch end {
      case .closed: return nil
      case .broken(let error): throw error
      case .held(let gate):
        await gate.pass()
        return nil
      }
    }

    func close() async {
      let wasOpen = course.state.withLock { state in
        defer { state.isOpen = false }
        return state.isOpen
      }
      if wasOpen { owner.note { $0.openSockets -= 1 } }
    }
  }
}
