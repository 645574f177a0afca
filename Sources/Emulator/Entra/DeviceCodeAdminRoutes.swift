import ACSTypes
import ACSWire

extension AdminRoute {
  /// The sign-ins by device code that wait for somebody.
  static let deviceCodes = [
    AdminRoute("GET", "/deviceCodes") { core, exchange, _ in
      let open = core.entra.deviceCodes.codes.filter { $0.expiresOn > exchange.now }
      return .json(["value": .array(open.map(\.json))] as JSONValue)
    },
    AdminRoute("POST", "/deviceCodes/{}") { core, exchange, arguments in
      let body = try exchange.body(as: JSONValue.self)
      guard let isApproved = body["approved"]?.bool else {
        throw Refusal(
          400, "BadRequest", "approved: true or false is required.", target: "approved")
      }
      let user = body["user"]?.string ?? Core.standardUser
      guard !user.isEmpty, user.utf8.count <= 256 else {
        throw Refusal(400, "BadRequest", "user: A name of up to 256 bytes.", target: "user")
      }
      let decided = core.entra.deviceCodes.decide(
        userCode: arguments[0], isApproved ? .approved(user: user) : .denied, now: exchange.now)
      guard let decided else {
        throw Refusal(
          404, "NotFound", "No sign-in waits with the code \(arguments[0]).",
          why: "No sign-in waits with the code \(arguments[0]): it was mistyped, has expired, or "
            + "was used already.")
      }
      return .json(decided.json)
    },
  ]
}

extension DeviceCode {
  /// How the administration interface tells it; the device code is the application's secret.
  fileprivate var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("userCode", .string(userCode)), ("clientId", .string(clientID)), ("scope", .string(scope)),
      ("expiresOn", .string(expiresOn.iso8601)),
    ]
    switch state {
    case .pending: members.append(("state", "pending"))
    case .denied: members.append(("state", "denied"))
    case .approved(let user): members += [("state", "approved"), ("user", .string(user))]
    }
    return .object(JSONObject(members))
  }
}
