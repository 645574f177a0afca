public import ACSTypes
import ClientModel
public import Services

/// A stage in this process and in memory, on virtual time: nothing takes longer than the computer needs for it, and a
/// scene is the same every time.
public final class WorldStage: Stage {
  /// How long the world goes on before a scene begins.
  private static let prelude = Duration.seconds(6)
  /// What nobody notices: enough for a disk, and for a request when nothing goes wrong.
  private static let moment = Duration.milliseconds(150)

  /// The world.
  public let world: World
  private let setting: SceneSetting
  private let folder: ScratchFolder?
  private var devices: [String: OtherDevice] = [:]
  private var identities: [String: CommunicationIdentifier] = [:]
  private var threadCount = 0

  /// A world in which everybody is signed in and at rest.
  ///
  /// - Parameters:
  ///   - setting: What a scene begins with.
  ///   - pace: How long things take.
  ///   - keepsTrace: True when the lines of the trace are kept.
  ///   - keepsFiles: True when the servers' files outlive a kill; needs a folder, and takes a little longer.
  /// - Throws: `StageError` when the world cannot be made.
  public init(
    _ setting: SceneSetting, pace: WorldPace = .instant, keepsTrace: Bool = false,
    keepsFiles: Bool = false
  ) throws(StageError) {
    self.setting = setting
    do {
      folder = keepsFiles ? try ScratchFolder() : nil
      var settings = WorldSettings(seed: setting.seed, people: setting.users)
      // What there is was there before: a scene begins a little later.
      settings.start = setting.start - WorldStage.prelude
      settings.folder = folder?.path
      settings.pace = pace
      settings.hasEvents = setting.hasEvents
      settings.messagesPageLimit = setting.messagesPageLimit
      settings.viewport = setting.screen
      settings.tokenLife = setting.tokenLife
      settings.keepsTrace = keepsTrace
      settings.keepsDiaries = true
      settings.drawsEachStep = false
      do { world = try World(settings) } catch {
        folder?.remove()
        throw error
      }
    } catch {
      throw StageError("the world could not be made: \(error)")
    }
    do throws(StageError) { try prepare() } catch {
      end()
      throw error
    }
  }

  /// Everything up to the moment at which the scene begins.
  private func prepare() throws(StageError) {
    for name in setting.users {
      do { devices[name] = try OtherDevice(name: name, world: world) } catch {
        throw StageError("the world could not be made: \(error)")
      }
    }
    for thread in setting.threads { try make(thread) }
    for name in setting.users { _ = try identity(of: name) }
    // Nobody sees a thread for the first time at the very moment at which it was made.
    world.advance(by: WorldStage.prelude / 2)
    for client in world.clients { try start(client) }
    world.advance(by: WorldStage.prelude / 2)
    world.advance(upTo: .seconds(60)) { world.clients.allSatisfy(\.isAtRest) }
    try mustRest()
    for client in world.clients { client.clearDiary() }
  }

  /// The clients, which are seats.
  public var seats: [any Seat] { world.clients }
  /// The time of the world.
  public var now: Timestamp { world.clock.now }
  /// When the scene began.
  public var begin: Timestamp { setting.start }
  /// Time moves only by a script.
  public var isVirtual: Bool { true }
  /// What is there once the world has settled is all that comes by itself.
  public var patience: Duration { .zero }

  /// Does all that can be done without time passing; where things take time, what a person waits for without noticing.
  public func settle() throws(StageError) {
    if world.settings.pace == .instant {
      world.settle()
    } else {
      world.advance(by: WorldStage.moment)
    }
    try mustRest()
  }

  /// Lets time pass, a second after the other, until nobody has anything under way.
  ///
  /// - Parameter limit: How long at the most.
  /// - Returns: How long it was.
  /// - Throws: `StageError` when the world cannot go on.
  public func rest(upTo limit: Duration) throws(StageError) -> Duration {
    var passed = Duration.zero
    while passed < limit, !world.clients.allSatisfy({ !$0.isRunning || $0.isAtRest }) {
      try advance(by: .seconds(1))
      try settle()
      passed += .seconds(1)
    }
    return passed
  }

  /// Lets the world's time pass.
  public func advance(by duration: Duration) throws(StageError) {
    world.advance(by: duration)
    try mustRest()
  }

  /// Lets the world's time pass until something holds.
  public func wait(
    upTo limit: Duration, until condition: () -> Bool
  ) throws(StageError) -> Bool {
    let holds = world.advance(upTo: limit, until: condition)
    try mustRest()
    return holds
  }

  private func mustRest() throws(StageError) {
    guard world.isSpinning else { return }
    throw StageError("the world does not come to rest: something goes on for ever at one moment")
  }

  // MARK: - Threads

  /// Makes a thread, with what was said in it, from the devices of its members.
  public func make(_ thread: ThreadSetting) throws(StageError) {
    guard let owner = thread.members.first, let device = devices[owner] else { return }
    threadCount += 1
    let requestID = "thread-\(threadCount)"
    var people: [ChatParticipant] = []
    for name in thread.members {
      people.append(ChatParticipant(identifier: try identity(of: name), displayName: name))
    }
    let members = people
    let id = try finish("the thread \"\(thread.topic)\"") {
      try await device.chat.createThread(
        topic: thread.topic, participants: members, requestID: requestID
      ).id
    }
    for message in thread.messages {
      guard let sender = devices[message.sender] else { continue }
      _ = try finish("the message \"\(message.text)\"") {
        try await sender.chat.send(
          message.text, clientID: nil, senderDisplayName: message.sender, to: id)
      }
    }
  }

  /// Who somebody is, as another program of theirs is told.
  public func identity(of name: String) throws(StageError) -> CommunicationIdentifier {
    if let identity = identities[name] { return identity }
    guard let device = devices[name] else { throw StageError("there is no \(name)") }
    let identity = try finish("\(name)'s sign-in") { try await device.identity() }
    identities[name] = identity
    return identity
  }

  private func finish<Value: Sendable>(
    _ what: String, _ body: @escaping @Sendable () async throws -> Value
  ) throws(StageError) -> Value {
    let result = world.finish(within: .seconds(60)) { () async -> Result<Value, any Error> in
      do { return .success(try await body()) } catch { return .failure(error) }
    }
    switch result {
    case .success(let value)?: return value
    case .failure(let error)?: throw StageError("\(what) could not be done", failedWith: error)
    case nil: throw StageError("\(what) could not be done within a minute")
    }
  }

  // MARK: - Trouble

  /// Lets something go wrong.
  public func add(_ fault: FaultRule) throws(StageError) {
    for client in world.clients where fault.people.isEmpty || fault.people.contains(client.name) {
      client.passage.faults.append(fault)
      guard fault.target == .events || fault.target == .network, fault.method == nil else {
        continue
      }
      switch fault.effect {
      case .fallsSilent: client.passage.silenceSockets()
      case let effect where effect.keepsSocketsShut: client.passage.cutSockets()
      default: break
      }
    }
  }

  /// Lets the emulator do something wrong.
  public func add(_ fault: EmulatorFault) throws(StageError) {
    var identity: CommunicationIdentifier?
    if let name = fault.person { identity = try self.identity(of: name) }
    guard let answer = world.servers.administer("POST", "/faults", fault.body(identity: identity))
    else { throw StageError("the emulator is down") }
    guard (200..<300).contains(answer.status) else {
      throw StageError(EmulatorFault.refusal(answer.body))
    }
    world.settle()
  }

  /// Does something as another program of somebody's.
  public func elsewhere(
    _ person: String, _ what: String,
    _ body: @escaping @Sendable (any ChatService) async throws -> Void
  ) throws(StageError) {
    guard let device = devices[person] else { throw StageError("there is no \(person)") }
    _ = try finish("\(what)") {
      _ = try await device.identity()
      try await body(device.chat)
    }
  }

  /// Lets nothing go wrong any more.
  public func clearFaults() throws(StageError) {
    world.servers.administer("DELETE", "/faults")
    for client in world.clients { client.passage.faults = [] }
  }

  /// Starts a client or a server.
  public func start(_ party: Party) throws(StageError) {
    switch party {
    case .client(let name): try start(client(name))
    case .emulator:
      do { try world.servers.startEmulator() } catch {
        throw StageError("the emulator does not start: \(error)")
      }
    case .tokenService:
      do { try world.servers.startTrusted(over: world.trustedPassage) } catch {
        throw StageError("the token service does not start: \(error)")
      }
    }
  }

  private func start(_ client: SimulatedClient) throws(StageError) {
    do { try client.start() } catch {
      throw StageError("\(client.name)'s client does not start: \(error)")
    }
  }

  /// Kills a client or a server.
  public func kill(_ party: Party) throws(StageError) {
    switch party {
    case .client(let name): try client(name).kill()
    case .emulator: world.servers.killEmulator()
    case .tokenService: world.servers.killTrusted()
    }
  }

  /// Lets no time pass for a client.
  public func suspend(_ person: String) throws(StageError) { try client(person).sleep() }

  /// Lets time pass for it again.
  public func resume(_ person: String) throws(StageError) { try client(person).wake() }

  private func client(_ name: String) throws(StageError) -> SimulatedClient {
    guard let client = world.clients.first(where: { $0.name == name }) else {
      throw StageError("there is no \(name)")
    }
    return client
  }

  /// Ends the world, with its files.
  public func end() {
    world.end()
    folder?.remove()
  }
}
