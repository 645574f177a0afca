import ACSTypes
import ACSWire

extension AdminRoute {
  /// Who is connected.
  static let realTime = [
    AdminRoute("GET", "/realtime") { core, _, _ in .json(core.realTime.summary) }
  ]
}

extension RealTime {
  /// Who is connected or away, and what waits.
  var summary: JSONValue {
    let waiting = registrations.values.reduce(0) { $0 + $1.waiting.count }
    return [
      "sockets": .integer(Int64(sockets.count)), "flows": .integer(Int64(flows.count)),
      "registrations": .integer(Int64(registrations.count)), "waiting": .integer(Int64(waiting)),
      "value": .array(clients.map(\.json)),
    ]
  }

  /// Everybody who has a socket or a registration, in the order of their names.
  private var clients: [ClientSummary] {
    var clients: [ClientSummary.Name: ClientSummary] = [:]
    for socket in sockets.values {
      let name = ClientSummary.Name(
        identity: flows[socket.flow]?.identity ?? "", epid: socket.epid)
      clients[name, default: ClientSummary(name: name)].add(socket)
    }
    for registration in registrations.values {
      let name = ClientSummary.Name(
        identity: registration.key.identity, epid: registration.epid)
      clients[name, default: ClientSummary(name: name)].add(registration)
    }
    return clients.values.sorted {
      ($0.name.identity, $0.name.epid) < ($1.name.identity, $1.name.epid)
    }
  }
}

/// A client as the administration tells of it.
private struct ClientSummary {
  struct Name: Hashable {
    /// Empty until the client authenticated.
    let identity: String
    let epid: String
  }

  let name: Name
  private var lastHeardOn: Timestamp?
  private var underWay = 0
  private var waiting = 0
  private var registrations: [String: Timestamp] = [:]

  init(name: Name) {
    self.name = name
  }

  mutating func add(_ socket: RealTimeSocket) {
    lastHeardOn = max(lastHeardOn ?? .epoch, socket.lastHeardOn)
    underWay += socket.sent.count
  }

  mutating func add(_ registration: Registration) {
    waiting += registration.waiting.count
    registrations[registration.key.id] = registration.expiresOn
  }

  var json: JSONValue {
    let list = registrations.sorted { $0.key < $1.key }.map { id, expiresOn -> JSONValue in
      ["id": .string(id), "expiresOn": .string(expiresOn.iso8601)]
    }
    return [
      "identity": .string(name.identity), "endpointId": .string(name.epid),
      "isConnected": .bool(lastHeardOn != nil),
      "lastHeardOn": lastHeardOn.map { .string($0.iso8601WithMilliseconds) } ?? .null,
      "underWay": .integer(Int64(underWay)), "waiting": .integer(Int64(waiting)),
      "registrations": .array(list),
    ]
  }
}
