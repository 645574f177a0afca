import ACSTypes
import ACSWire
import ClientModel
import Executor
import Glibc
import HTTPTransport
import ScriptKit
import Services

/// A stage of built programs in real time: each client in a pseudo-terminal of its own, emulator and trusted service as
/// processes, and between a client and these a front on which things go wrong.
final class TerminalStage: RealTimeStage {
  private let clock = SystemClock()
  private let folder: ScratchFolder
  private let clients: [TerminalClient]
  let services: RealServices
  private let exchange = CurlExchange()
  private var emulator: ServerChild?
  private var tokenService: ServerChild?
  private let emulatorFacts: Facts
  private let tokenPort: String
  private(set) var hasMoved = false

  /// What the emulator tells of itself.
  private struct Facts {
    let endpoint: String
    let admin: String
    let ports: [String]

    init(_ bytes: [UInt8]) throws(StageError) {
      guard let json = try? JSONValue.parse(bytes), let endpoint = json["httpEndpoint"]?.string,
        let https = json["httpsEndpoint"]?.string, let admin = json["adminEndpoint"]?.string
      else { throw StageError("the emulator's ready file is not understood") }
      self.endpoint = endpoint
      self.admin = admin
      ports = [endpoint, https].map { String($0.split(separator: ":").last ?? "") }
    }
  }

  /// Programs that run, with everybody signed in.
  init(_ setting: SceneSetting) throws(StageError) {
    let folder: ScratchFolder
    do throws(StoreError) { folder = try ScratchFolder() } catch { throw StageError(error.message) }
    self.folder = folder
    var children: [ServerChild] = []
    var clients: [TerminalClient] = []
    do throws(StageError) {
      let emulator = try TerminalStage.emulator(in: folder, ports: ["0", "0"])
      children.append(emulator)
      let bytes = try emulator.facts()
      emulatorFacts = try Facts(bytes)
      try TerminalStage.writeSecret(bytes, "\(folder.path)/connection")
      let tokenService = try TerminalStage.tokenService(in: folder, port: "0")
      children.append(tokenService)
      guard let json = try? JSONValue.parse(try tokenService.facts()),
        let origin = json["endpoint"]?.string
      else { throw StageError("the ready file of confab serve is not understood") }
      tokenPort = String(origin.split(separator: ":").last ?? "")
      (self.emulator, self.tokenService) = (emulator, tokenService)
      services = RealServices(
        tokenOrigin: origin, endpoint: emulatorFacts.endpoint, nameEnd: "", exchange: exchange,
        tokenLife: setting.tokenLife)
      for name in setting.users { _ = try services.identity(of: name) }
      for thread in setting.threads { try services.make(thread) }
      let connector = CurlSocketConnector(over: exchange)
      for name in setting.users {
        let network = FaultyNetwork(name: name, exchange: exchange, connector: connector)
        let front = Front(network, token: origin, chat: emulatorFacts.endpoint)
        let home = folder.folder("home/\(name)")
        let client = TerminalClient(name: name, front: front, folder: home, setting: setting)
        clients.append(client)
        try TerminalStage.configure(name, front, home, setting)
        try client.start()
      }
      self.clients = clients
    } catch {
      for client in clients {
        client.kill()
        client.front.stop()
      }
      for child in children { child.kill() }
      folder.remove()
      throw error
    }
    do throws(StageError) {
      try waitForSignIns()
    } catch {
      end()
      throw error
    }
    for client in clients { client.clearDiary() }
    begin = clock.now
  }

  private static func emulator(
    in folder: ScratchFolder, ports: [String]
  ) throws(StageError) -> ServerChild {
    try ServerChild(
      "confab-emulator",
      ["--port", ports[0], "--https-port", ports[1], "--data", folder.folder("emulator")],
      folder: folder.path)
  }

  private static func tokenService(
    in folder: ScratchFolder, port: String
  ) throws(StageError) -> ServerChild {
    try ServerChild(
      "confab-serve",
      [
        "--connection-string-file", "\(folder.path)/connection", "--port", port, "--data",
        folder.folder("serve"),
      ], folder: folder.path)
  }

  /// Opens somebody's front, and tells their client of it.
  private static func configure(
    _ name: String, _ front: Front, _ home: String, _ setting: SceneSetting
  ) throws(StageError) {
    let address: String
    do { address = try front.start() } catch {
      throw StageError("no front can be opened on this machine: \(error)")
    }
    guard
      DiskFiles.write("\(home)/config.json5", Array(configuration(name, address, setting).utf8))
    else { throw StageError("\(home) cannot be written") }
  }

  private static func writeSecret(_ facts: [UInt8], _ path: String) throws(StageError) {
    guard let json = try? JSONValue.parse(facts), let endpoint = json["httpEndpoint"]?.string,
      let key = json["accessKey"]?.string,
      DiskFiles.write(path, Array("endpoint=\(endpoint)/;accesskey=\(key)\n".utf8), mode: 0o600)
    else { throw StageError("the emulator's ready file is not understood") }
  }

  private static func configuration(
    _ name: String, _ address: String, _ setting: SceneSetting
  ) -> String {
    let minutes = setting.tokenLife.components.seconds / 60
    let object: JSONObject = [
      "endpoint": .string(address), "displayName": .string(name),
      "tokenService": .object([
        "url": .string(
          "\(address)/token?user={user}&name={user}&scope={scope}&expiresInMinutes=\(minutes)"),
        "user": .string(name), "usersURL": .string("\(address)/users"),
      ]), "scopes": .array([.string("chat")]),
      "realtime": .string(setting.hasEvents ? "auto" : "off"),
    ]
    return JSONValue.object(object).text
  }

  var seats: [any Seat] { clients }
  var networks: [FaultyNetwork] { clients.map(\.front.network) }
  private(set) var begin = Timestamp.epoch

  func wait(upTo limit: Duration, until condition: () -> Bool) throws(StageError) -> Bool {
    let end = clock.now + limit
    while true {
      hasMoved = false
      for client in clients where client.read() { hasMoved = true }
      let problems = [emulator?.problem, tokenService?.problem] + clients.map(\.problem)
      if let problem = problems.compactMap(\.self).first { throw StageError(problem) }
      if condition() { return true }
      let left = end - clock.now
      guard left > .zero else { return false }
      var descriptors = clients.filter { $0.descriptor >= 0 }.map {
        pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0)
      }
      poll(&descriptors, nfds_t(descriptors.count), Int32(min(20, max(1, left.wholeMilliseconds))))
    }
  }

  // MARK: - What a script does

  func add(_ fault: EmulatorFault) throws(StageError) {
    var identity: CommunicationIdentifier?
    if let name = fault.person { identity = try self.identity(of: name) }
    try administer("POST", Array(fault.body(identity: identity).utf8))
  }

  func clearFaults() throws(StageError) {
    for network in networks { network.clearFaults() }
    if emulator != nil { try administer("DELETE", []) }
  }

  private func administer(_ method: String, _ body: [UInt8]) throws(StageError) {
    let request = HTTPRequest(
      method: method, origin: emulatorFacts.admin, target: "/faults",
      headers: ["Content-Type": "application/json"], body: body)
    let exchange = exchange
    guard let answer = RealExecutor.shared.run({ try? await exchange.exchange(request) }) else {
      throw StageError("the emulator does not answer")
    }
    guard (200..<300).contains(answer.status) else {
      throw StageError(EmulatorFault.refusal(answer.body))
    }
  }

  func start(_ party: Party) throws(StageError) {
    switch party {
    case .client: try client(party).start()
    case .emulator where emulator == nil:
      emulator = try TerminalStage.emulator(in: folder, ports: emulatorFacts.ports)
      _ = try emulator?.facts()
    case .tokenService where tokenService == nil:
      tokenService = try TerminalStage.tokenService(in: folder, port: tokenPort)
      _ = try tokenService?.facts()
    case .emulator, .tokenService: break
    }
  }

  func kill(_ party: Party) throws(StageError) {
    switch party {
    case .client: try client(party).kill()
    case .emulator:
      emulator?.kill()
      emulator = nil
    case .tokenService:
      tokenService?.kill()
      tokenService = nil
    }
  }

  func suspend(_ person: String) throws(StageError) { try client(.client(person)).suspend(true) }

  func resume(_ person: String) throws(StageError) { try client(.client(person)).suspend(false) }

  private func client(_ party: Party) throws(StageError) -> TerminalClient {
    guard let client = clients.first(where: { .client($0.name) == party }) else {
      throw StageError("there is no \(party)")
    }
    return client
  }

  func end() {
    for client in clients {
      client.kill()
      client.front.stop()
    }
    emulator?.kill()
    tokenService?.kill()
    (emulator, tokenService) = (nil, nil)
    folder.remove()
  }
}
