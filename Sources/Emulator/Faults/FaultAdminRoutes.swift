import ACSTypes
import ACSWire

extension AdminRoute {
  /// What goes wrong on purpose.
  static let faults = [
    AdminRoute("GET", "/faults") { core, exchange, _ in
      let faults = core.faults.all(now: exchange.now)
      return .json(["value": .array(faults.map { $0.json(now: exchange.now) })] as JSONValue)
    },
    AdminRoute("POST", "/faults") { core, exchange, _ in
      let fault = try Fault(try exchange.body(as: JSONValue.self), now: exchange.now)
      return .json(try core.switchOn(fault, now: exchange.now), status: 201)
    },
    AdminRoute("DELETE", "/faults") { core, _, _ in
      _ = core.faults.remove()
      return .empty(204)
    },
    AdminRoute("DELETE", "/faults/{}") { core, _, arguments in
      guard core.faults.remove(arguments[0]) > 0 else {
        throw Refusal(
          404, "NotFound", "There is no fault \(arguments[0]).",
          why: "There is no fault \(arguments[0]); confab emulator fault list names them.")
      }
      return .empty(204)
    },
  ]
}

extension Core {
  /// Switches a fault on, or does it if it is one that happens at once; tells it then with how many it struck.
  mutating func switchOn(_ fault: Fault, now: Timestamp) throws -> JSONValue {
    guard fault.kind.isAtOnce else {
      guard let added = faults.add(fault) else {
        throw Refusal(
          409, "Conflict", "There are \(FaultTable.capacity) faults already.",
          why: "Clear some first: confab emulator fault clear.")
      }
      return added.json(now: now)
    }
    var fault = fault
    fault.id = faults.newID()
    var object = fault.json(now: now).object ?? [:]
    switch fault.kind {
    case .clockSkew: try set { $0.skew(by: fault.time) }
    case .revokeTokens:
      object["struck"] = .integer(Int64(try revokeTokens(fault.scope, now: now)))
    default:
      let count = realTime.strike(fault.kind, fault.scope, now: now)
      object["struck"] = .integer(Int64(count))
    }
    return .object(object)
  }

  /// Makes tokens worthless that were issued so far, and ends the sockets that they opened.
  private mutating func revokeTokens(_ scope: FaultScope, now: Timestamp) throws -> Int {
    let identities = try store.identityIDs().filter { scope.covers(user: $0) }
    if let user = scope.user, identities.isEmpty {
      throw Refusal(404, "NotFound", "There is no identity \(user).", target: "user")
    }
    try store.transaction { for id in identities { try store.revokeTokens(of: id) } }
    for id in identities { realTime.revoke(id, now: now) }
    return identities.count
  }
}
