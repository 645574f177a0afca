import ACSTypes

/// Who asks for a token and on what request, as the records tell it.
struct TokenPurpose: Hashable, Sendable {
  /// Who asks: `nobody`, `key web-app`, `oidc`.
  var caller: String
  /// On what request: `GET /token`.
  var reason: String
}

extension TokenPurpose {
  /// The purpose of a call; of a path that names somebody only the first part.
  init(_ call: RouteCall) {
    let first = call.request.path.split(separator: "/", maxSplits: 1).first ?? ""
    let path = call.parameters.isEmpty ? call.request.path : "/\(first)"
    self.init(caller: call.caller.label, reason: "\(call.request.method) \(path)")
  }
}
