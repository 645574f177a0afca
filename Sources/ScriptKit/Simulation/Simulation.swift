import ACSTypes
import ClientModel
import ClientRuntime
import Services

/// A run of a plan: people act, things break, all is mended, and then every view is held against the service.
public final class Simulation {
  /// The names people get, in this order.
  public static let names = ["ann", "bob", "cyd", "dan", "eve", "fay", "gus", "hal"]

  /// What a run came to.
  public struct Outcome: Sendable {
    /// What was wrong; empty for a good run.
    public var violations: [Violation]
    /// A number for all that happened.
    public var digest: UInt64
    /// How many things happened.
    public var events: Int
    /// How much time passed in the world.
    public var time: Duration
    /// What people asked for.
    public var intents: Int
    /// The place of the step in which the first thing went wrong; `nil` when all was done, and what was wrong then showed.
    public var step: Int?
    /// What happened, when that was asked for.
    public var trace: [String]
  }

  let plan: SimulationPlan
  let world: World
  let devices: [OtherDevice]
  var intents = IntentBook()
  var violations: [Violation] = []
  var seen: [String: SeenBook] = [:]
  private var guards: [String: StateGuard] = [:]
  private var identities: [Int: CommunicationIdentifier] = [:]
  private var messageCount = 0
  private var threadCount = 0
  private var faultCount: UInt64 = 0
  private var failedStep: Int?
  private var stepCount = 0

  /// Does a plan to its end.
  ///
  /// - Parameters:
  ///   - plan: What happens.
  ///   - folder: An empty folder for the servers' files.
  ///   - keepsTrace: True to have the lines of the trace.
  ///   - alter: Changes the world before it begins, for tests of the checker.
  /// - Returns: What was wrong, and how much there was.
  /// - Throws: When the world cannot be made.
  public static func run(
    _ plan: SimulationPlan, folder: String?, keepsTrace: Bool = false,
    alter: (World) -> Void = { _ in }
  ) throws -> Outcome {
    var settings = WorldSettings(
      seed: plan.seed, people: Array(names.prefix(max(2, min(plan.people, names.count)))))
    settings.folder = folder
    settings.keepsTrace = keepsTrace
    // Drawing is half the work of a run.
    settings.viewport = Viewport(columns: 60, rows: 12)
    settings.hasEvents = plan.hasEvents
    settings.messagesPageLimit = plan.pageLimit
    settings.clockShifts = Dictionary(
      uniqueKeysWithValues: zip(settings.people, plan.clockShifts.map { .milliseconds($0) }))
    // To write and read it all takes as long as to do it.
    settings.recordsEvents = plan.seed % 10 == 0
    let simulation = try Simulation(plan, World(settings))
    alter(simulation.world)
    simulation.run()
    let world = simulation.world
    defer { world.end() }
    return Outcome(
      violations: simulation.violations, digest: world.trace.digest, events: world.trace.count,
      time: world.clock.now - settings.start, intents: simulation.intents.entries.count,
      step: simulation.failedStep, trace: world.trace.lines)
  }

  private init(_ plan: SimulationPlan, _ world: World) throws {
    self.plan = plan
    self.world = world
    devices = try world.settings.people.map { try OtherDevice(name: $0, world: world) }
  }

  private func run() {
    for client in world.clients {
      client.watch = { [unowned self] client, events, effects in watch(client, events, effects) }
    }
    for number in world.clients.indices { start(number) }
    world.advance(by: .seconds(3))
    for (place, step) in plan.steps.enumerated() where violations.isEmpty && !world.isSpinning {
      world.trace.note("step", "\(place) \(step)")
      stepCount += 1
      act(step)
      world.settle()
      if !violations.isEmpty { failedStep = place }
    }
    guard violations.isEmpty else { return }
    heal()
    check()
  }

  // MARK: - Steps

  private func act(_ step: SimulationStep) {
    switch step {
    case .wait(let time): world.advance(by: .milliseconds(time))
    case .person(let number, let deed): act(number % world.clients.count, deed)
    case .trouble(let trouble): act(trouble)
    }
  }

  private func act(_ number: Int, _ deed: SimulationStep.Deed) {
    let client = world.clients[number]
    switch deed {
    case .sleep: return client.sleep()
    case .wake: return client.wake()
    default: break
    }
    guard client.isRunning, !client.isAsleep else { return }
    switch deed {
    case .create(let bits): create(number, bits)
    case .open(let place): client.open(place)
    case .send:
      let text = nextText(client)
      if client.send(text) { expect(text, of: client) }
    case .type:
      client.goToComposer()
      client.press("x", "y")
    case .edit(let place):
      let text = nextText(client)
      if client.edit(place, to: text) { expect(text, of: client) }
    case .delete(let place): client.delete(place)
    case .pageBack:
      client.goToComposer()
      // Where pages are small, some go far back.
      for _ in 0..<(plan.pageLimit ?? 3) { client.press("PgUp") }
    case .pageToEnd:
      client.goToComposer()
      client.press("M-End")
    case .retry:
      client.goToComposer()
      client.press("M-r")
    case .takeBack:
      client.goToComposer()
      client.press("M-t")
    case .add(let other): identities[other % world.clients.count].map(client.add)
    case .remove(let place): client.remove(place)
    case .leave: client.leave()
    case .rename(let number): rename(client, number)
    case .pin, .mute: client.goAndPress(deed == .pin ? "M-p" : "M-q")
    case .nextUnread, .jump: client.goAndPress(deed == .jump ? "M-j" : "M-u")
    case .search(let number): search(client, number)
    case .fumble(let number): client.fumble(number)
    case .lookAway: client.take([.focusChanged(isFocused: false)])
    case .lookBack: client.take([.focusChanged(isFocused: true)])
    case .addElsewhere, .removeElsewhere, .sendElsewhere: actElsewhere(number, deed)
    case .sleep, .wake: break
    }
  }

  /// The person wrote a text and pressed Enter: it is among what was asked for, or still before their eyes.
  private func expect(_ text: String, of client: SimulatedClient) {
    guard let state = client.state, !intents.has(text, of: client.name),
      !state.composer.text.contains(text)
    else { return }
    report(.accounted, client, "Enter after \"\(text)\" asked for nothing")
  }

  private func nextText(_ client: SimulatedClient) -> String {
    messageCount += 1
    return "\(client.name) \(messageCount)"
  }

  private func create(_ number: Int, _ bits: Int) {
    threadCount += 1
    let others = world.clients.indices.filter { $0 != number && bits >> $0 & 1 == 1 }
    world.clients[number].create("topic \(threadCount)", with: others.compactMap { identities[$0] })
  }

  private func rename(_ client: SimulatedClient, _ number: Int) {
    threadCount += 1
    client.rename("topic \(threadCount)", isMeant: number % 4 > 0)
  }

  private func search(_ client: SimulatedClient, _ number: Int) {
    let words = [
      client.name, Simulation.names[number % world.clients.count], String(number % 40), "topic",
      "\(client.name) \(number % 40)", "nobody said this",
    ]
    guard client.beginSearch(words[number % words.count], isOfThread: number / 6 % 3 == 0) else {
      return
    }
    // Some look at once at what is there, some wait for it.
    world.advance(by: .milliseconds([0, 20, 300][number / 18 % 3]))
    let hasOpened = client.pick(number / 54)
    guard hasOpened else { return }
    world.advance(by: .milliseconds([0, 40][number / 54 % 2]))
    client.walkHits(number / 108)
  }

  private func actElsewhere(_ number: Int, _ deed: SimulationStep.Deed) {
    guard let thread = world.clients[number].state?.threads.open else { return }
    let chat = devices[number].chat
    let name = world.clients[number].name
    switch deed {
    case .sendElsewhere:
      let text = nextText(world.clients[number])
      world.begin {
        _ = try? await chat.send(text, clientID: nil, senderDisplayName: name, to: thread)
      }
    case .addElsewhere(let other):
      let other = other % world.clients.count
      guard let identity = identities[other] else { return }
      let person = ChatParticipant(identifier: identity, displayName: world.clients[other].name)
      world.begin { _ = try? await chat.add([person], to: thread) }
    case .removeElsewhere(let other):
      guard let identity = identities[other % world.clients.count] else { return }
      world.begin { try? await chat.remove(identity, from: thread) }
    default: break
    }
  }

  // MARK: - Troubles

  private func act(_ trouble: SimulationStep.Trouble) {
    let count = world.clients.count
    switch trouble {
    case .weather(let number, let ailment, let percent):
      world.clients[number % count].passage.weather.set(ailment, Double(percent) / 100)
    case .clear(let number):
      let passage = world.clients[number % count].passage
      let isOffline = world.clients[number % count].isAsleep
      passage.weather = Weather()
      passage.weather.isOffline = isOffline
    case .offline(let number):
      let passage = world.clients[number % count].passage
      passage.weather.isOffline = true
      passage.silenceSockets()
    case .cut(let number): world.clients[number % count].passage.cutSockets()
    case .silence(let number): world.clients[number % count].passage.silenceSockets()
    case .events(let ailment, let percent): spoilEvents(ailment, percent)
    case .revoke(let number): revoke(number % count)
    case .kill(let number): kill(number % count)
    case .start(let number): start(number % count)
    case .killEmulator: world.servers.killEmulator()
    case .killTrusted: world.servers.killTrusted()
    case .startServers: startServers()
    }
  }

  private func spoilEvents(_ ailment: SimulationStep.EventAilment, _ percent: Int) {
    faultCount += 1
    world.spoilEvents(ailment, percent: percent, seed: faultCount)
  }

  private func revoke(_ number: Int) {
    guard let identity = identities[number] else { return }
    world.revokeTokens(of: identity)
  }

  func kill(_ number: Int) {
    let client = world.clients[number]
    guard client.isRunning else { return }
    checkRecording(client)
    client.kill()
    intents.killed(client.name)
    seen[client.name]?.killed()
    guards[client.name] = nil
  }

  func start(_ number: Int) {
    do {
      try world.clients[number].start()
    } catch {
      violations.append(Violation(.rest, world.clients[number].name, "It does not start: \(error)"))
    }
  }

  private func startServers() {
    do {
      try world.startServers()
    } catch {
      violations.append(Violation(.rest, "", "The servers do not start: \(error)"))
    }
  }

  /// Ends all troubles and waits until everything came to rest.
  private func heal() {
    world.trace.note("step", "all is mended")
    world.servers.administer("DELETE", "/faults")
    startServers()
    for (number, client) in world.clients.enumerated() {
      client.wake()
      client.passage.weather = Weather()
      start(number)
      client.take([.focusChanged(isFocused: true)])
    }
    world.advance(by: .seconds(90))
    world.advance(upTo: .seconds(1800)) { world.clients.allSatisfy(\.isAtRest) }
    world.advance(by: .seconds(90))
  }

  private func watch(
    _ client: SimulatedClient, _ events: [Event], _ effects: [Effect]
  ) {
    guard let state = client.state else { return }
    intents.note(client.name, events, effects, state)
    if let number = world.clients.firstIndex(where: { $0 === client }), identities[number] == nil {
      identities[number] = state.session.session?.identity
    }
    let isByPerson = events.contains { event in
      switch event {
      case .keyPressed, .pasted: true
      default: false
      }
    }
    seen[client.name, default: SeenBook()].look(at: state, on: world.clock.now)
    let bounds = MemoryBounds(
      people: world.clients.count, threads: threadCount,
      intents: intents.entries.count { $0.client == client.name },
      activity: world.servers.sent.entries.count + stepCount)
    violations += guards[client.name, default: StateGuard(client.name)]
      .look(at: state, isByPerson: isByPerson, bounds: bounds)
  }
}

extension SimulatedClient {
  /// True when nothing is left to be done: signed in, reached, everything sent and saved.
  var isAtRest: Bool {
    guard let state, state.session.session != nil, state.session.problem == nil else {
      return false
    }
    return state.connection.problem == nil && state.outbox.waitingCount == 0
      && state.unsaved.changes.isEmpty
  }
}

extension Weather {
  mutating func set(_ ailment: SimulationStep.Ailment, _ share: Double) {
    switch ailment {
    case .lostRequests: lostRequests = share
    case .lostAnswers: lostAnswers = share
    case .broken: broken = share
    case .duplicates: duplicates = share
    case .throttled: throttled = share
    case .failing: failing = share
    case .late: late = share
    }
  }
}
