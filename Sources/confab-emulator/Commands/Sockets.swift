import ACSWire
import ArgumentTable

extension EmulatorCommand {
  /// `confab emulator sockets`: who is connected to real-time events.
  static let sockets = EmulatorCommand(
    CommandTable(
      "sockets", summary: "show who is connected to real-time events, and what waits for whom",
      about: [
        """
        A client that went away stays while its registration lasts; its events wait for 15 minutes. What is under way \
        was sent and not answered yet.
        """
      ],
      examples: [
        CommandTable.Example("confab emulator sockets", "Who listens, and who does not answer")
      ])
  ) { _, administration in
    let answer = try await administration.ask("GET", "/realtime")
    let clients = answer["value"]?.array ?? []
    return Answer(
      lines: clients.isEmpty ? ["Nobody is connected."] : clients.map(clientLine), json: answer)
  }

  /// `8:acs:…  connected  1 registration until 2026-11-21T12:00:00Z  0 under way, 2 waiting  (endpoint 71ef…)`.
  private static func clientLine(_ client: JSONValue) -> String {
    let identity = client["identity"]?.string ?? ""
    let registrations = client["registrations"]?.array ?? []
    let until = registrations.compactMap { $0["expiresOn"]?.string }.max()
    let registered =
      until.map { until in
        let count = registrations.count
        return "\(count) \(count == 1 ? "registration" : "registrations") until \(until)"
      } ?? "not registered"
    let counts =
      "\(client["underWay"]?.integer ?? 0) under way, "
      + "\(client["waiting"]?.integer ?? 0) waiting"
    return [
      identity.isEmpty ? "(not authenticated)" : identity,
      client["isConnected"]?.bool == true ? "connected" : "away", registered, counts,
      "(endpoint \(client["endpointId"]?.string ?? ""))",
    ].joined(separator: "  ")
  }
}
