public import ACSTypes
public import Services
import Synchronization

/// An exchange that knows in advance which requests come and in what order.
///
/// Like a network it answers each request once. A request that is not the next of the script is recorded as an
/// anomaly and fails; ``unmet`` tells what was awaited and never came. A test ends by checking that both are empty.
public final class ScriptedExchange: HTTPExchange {
  /// One expected request and what becomes of it.
  public struct Line: Sendable {
    let method: String
    let url: String
    let outcome: Outcome
  }

  enum Outcome: Sendable {
    case answer(HTTPResponse)
    case failure(TransportError)
    case held(Gate, HTTPResponse)
  }

  private struct State {
    var lines: [Line]
    var requests: [HTTPRequest] = []
    var anomalies: [String] = []
  }

  private let state: Mutex<State>

  /// A script of the given lines.
  public init(_ lines: [Line] = []) {
    state = Mutex(State(lines: lines))
  }

  /// Adds a line at the end.
  public func expect(_ line: Line) {
    state.withLock { $0.lines.append(line) }
  }

  /// Every request that came, in order, unexpected ones included.
  public var requests: [HTTPRequest] { state.withLock { $0.requests } }

  /// What came against the script.
  public var anomalies: [String] { state.withLock { $0.anomalies } }

  /// What the script awaits and did not get.
  public var unmet: [String] {
    state.withLock { $0.lines.map { "\($0.method) \($0.url)" } }
  }

  /// Plays the next line.
  public func exchange(_ request: HTTPRequest) async throws -> HTTPResponse {
    let line = state.withLock { state -> Line? in
      state.requests.append(request)
      let came = "\(request.method) \(request.origin)\(request.target)"
      guard let line = state.lines.first else {
        state.anomalies.append("\(came) came and nothing was expected.")
        return nil
      }
      guard line.method == request.method, line.url == "\(request.origin)\(request.target)" else {
        state.anomalies.append("\(came) came instead of \(line.method) \(line.url).")
        return nil
      }
      state.lines.removeFirst()
      return line
    }
    switch line?.outcome {
    case .answer(let response): return response
    case .failure(let error): throw error
    case .held(let gate, let response):
      await gate.pass()
      if Task.isCancelled { throw TransportError(.cancelled, "The transfer was cancelled.") }
      return response
    case nil:
      throw TransportError(.interrupted, "The script does not know this request.")
    }
  }
}

extension ScriptedExchange.Line {
  /// `method` to `url` is answered.
  public static func answer(
    _ method: String, _ url: String, status: Int = 200, headers: HTTPHeaders = [:],
    body: String = ""
  ) -> Self {
    let response = HTTPResponse(status: status, headers: headers, body: Array(body.utf8))
    return Self(method: method, url: url, outcome: .answer(response))
  }

  /// `method` to `url` gets no answer.
  public static func failure(_ method: String, _ url: String, _ error: TransportError) -> Self {
    Self(method: method, url: url, outcome: .failure(error))
  }

  /// `method` to `url` is answered once `gate` opens.
  public static func held(
    _ method: String, _ url: String, by gate: Gate, status: Int = 200, body: String = ""
  ) -> Self {
    let response = HTTPResponse(status: status, body: Array(body.utf8))
    return Self(method: method, url: url, outcome: .held(gate, response))
  }
}
