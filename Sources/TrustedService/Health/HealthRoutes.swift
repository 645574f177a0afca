import ACSTypes
import ACSWire

/// What watchers ask: whether the service lives, whether it can do its work, what it has done.
struct HealthRoutes: Sendable {
  let credential: ProbeMemory
  let users: any UserStore
  let authentication: CallerAuthentication
  let metrics: Metrics
  let endpoint: String

  var routes: [Route] {
    [
      Route("GET", "/healthz", .watchers) { _ in .json(["status": "ok"]) },
      Route("GET", "/readyz", .watchers) { await ready($0) },
      Route("GET", "/metrics", .watchers) { try measured($0) },
      Route("GET", "/getEndpointUrl", .everybody) { _ in .text(endpoint) },
    ]
  }

  /// 200 when all that a token needs is there, else 503; what is missing is told by name only.
  private func ready(_ call: RouteCall) async -> HTTPResponse {
    var parts: JSONObject = [:]
    var isReady = true
    func found(_ name: String, _ isGood: Bool, _ words: String) {
      parts[name] = .string(words)
      if !isGood { isReady = false }
    }
    switch await credential.finding() {
    case .taken: found("credential", true, "ok")
    case .refused: found("credential", false, "refused")
    case .unavailable: found("credential", false, "service unavailable")
    }
    do {
      try await users.check()
      found("store", true, "ok")
    } catch {
      found("store", false, "failed")
    }
    switch await authentication.keySetCondition(by: call.rules.callers) {
    case nil: break
    case .usable: found("jwks", true, "ok")
    case .unknown, .missing: found("jwks", false, "unavailable")
    }
    let status: JSONValue = isReady ? "ready" : "not ready"
    return .json(
      ["status": status, "checks": .object(parts)], status: isReady ? 200 : 503)
  }

  private func measured(_ call: RouteCall) throws -> HTTPResponse {
    let isAllowed =
      switch call.rules.metricsReaders {
      case .everybody: true
      case .loopback: call.peer.isLoopback && !ProxyRules.isForwarded(call.request)
      case .nobody: false
      }
    guard isAllowed else {
      throw RequestProblem.forbidden(
        "MetricsNotAllowed", "The configuration's metrics says who may read them.")
    }
    return .text(metrics.text, type: "text/plain; version=0.0.4; charset=utf-8")
  }
}

extension HTTPResponse {
  /// An answer with text that nobody may keep.
  static func text(
    _ text: String, type: String = "text/plain; charset=utf-8"
  ) -> HTTPResponse {
    HTTPResponse(
      status: 200, headers: ["Content-Type": type, "Cache-Control": "no-store"],
      body: Array(text.utf8))
  }
}
