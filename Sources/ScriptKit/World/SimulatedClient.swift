import ACSAuth
import ACSClient
public import ACSTypes
public import Cells
public import ClientModel
import ClientRuntime
import KeyInput
import Phrases
import Services
import Views

/// One person's client in a world: the real loop, effect runner, credential and clients of the services, on a disk and
/// a network of its own.
///
/// It can be killed at any moment and started again; the disk stays.
public final class SimulatedClient: Seat {
  /// What is lost with a kill.
  struct Process {
    var loop: ClientLoop
    let mailbox: Mailbox
    let runner: EffectRunner
    var nextDeadline: Timestamp?
    /// What it shows; `nil` until somebody looks.
    var frame: Frame?
    /// The effects that the runner has and whose end has not come.
    var underWay: Set<EffectID> = []
    let recording: Recording?
  }

  /// Who uses it.
  public let name: String
  /// Its network.
  public let passage: Passage
  /// What it keeps.
  public let disk: SimulatedDisk
  /// True while the machine sleeps: no time passes for it.
  public private(set) var isAsleep = false
  /// How often it was started.
  public private(set) var starts = 0
  private(set) var process: Process?
  private let settings: WorldSettings
  private let clock: VirtualClock
  /// The clock of its machine.
  let machineClock: ShiftedClock
  private let executor: SeededExecutor
  private let trace: Trace
  private let dice: Dice
  private var keptDiary = Diary()
  private var diaryWriter = DiaryWriter()
  /// Is told each step of the loop, to keep book.
  var watch: (SimulatedClient, [Event], [Effect]) -> Void = { _, _, _ in }

  init(
    name: String, seed: UInt64, settings: WorldSettings, servers: Servers, clock: VirtualClock,
    executor: SeededExecutor, trace: Trace
  ) throws {
    self.name = name
    self.settings = settings
    self.clock = clock
    machineClock = ShiftedClock(clock: clock, shift: settings.clockShifts[name] ?? .zero)
    self.executor = executor
    self.trace = trace
    dice = Dice(seed: seed, "client \(name)")
    passage = Passage(
      name: name, servers: servers, clock: clock, trace: trace,
      dice: Dice(seed: seed, "network \(name)"), latency: settings.pace.network)
    disk = try SimulatedDisk(
      clock: clock, dice: Dice(seed: seed, "disk \(name)"), time: settings.pace.clientDisk)
    passage.keepsLog = settings.keepsDiaries
  }

  /// True while it runs.
  public var isRunning: Bool { process != nil }

  /// What it knows; `nil` while it does not run.
  public var state: ClientState? {
    guard let lens else { return process?.loop.state }
    return (process?.loop.state).map(lens)
  }

  /// Changes what others see of its state: a client with a defect, to see that it is found.
  public var lens: ((ClientState) -> ClientState)?

  /// The first difference between its state and what its recording gives; `nil` for none, and when it does not record.
  var recordingFault: String? {
    guard let recording = process?.recording, let state else { return nil }
    do {
      return try recording.difference(from: state)
    } catch {
      return "\(error)"
    }
  }

  /// The effects that were begun and whose end it was not told.
  public var effectsUnderWay: Set<EffectID> { process?.underWay ?? [] }

  /// What it shows; `nil` while it does not run.
  public var frame: Frame? {
    guard process != nil else { return nil }
    if let frame = process?.frame { return frame }
    let drawn = process?.loop.draw()
    process?.frame = drawn
    return drawn
  }

  /// Who they are, once they signed in.
  public var identity: CommunicationIdentifier? { state?.session.session?.identity }

  /// What happened to it, in words.
  public var diary: Diary {
    var diary = keptDiary
    diary.requests = passage.log.requests
    return diary
  }

  /// Forgets what happened so far.
  func clearDiary() {
    keptDiary = Diary()
    passage.keepsLog = false
    passage.keepsLog = settings.keepsDiaries
  }

  /// When it wants to be stepped at the latest.
  var nextDeadline: Timestamp? {
    isAsleep ? nil : process?.nextDeadline.map(machineClock.worldTime)
  }

  /// Starts it.
  public func start() throws {
    guard process == nil else { return }
    starts += 1
    trace.note(name, "starts")
    diaryWriter = DiaryWriter()
    let mailbox = Mailbox()
    let state = ClientState(
      settings: ClientSettings(
        displayName: name, hasGateway: false, tokenServiceURL: Servers.trustedURL,
        endpoint: Servers.endpoint, minutesFromUTC: 0, keepsHistory: true,
        wantsEvents: settings.hasEvents),
      viewport: settings.viewport)
    let recording = settings.recordsEvents ? Recording(state) : nil
    var loop = ClientLoop(
      state: state, theme: Theme(), phrases: .english, random: dice, recorder: recording)
    let runner = EffectRunner(
      services: try services(mailbox), mailbox: mailbox, clock: machineClock,
      executor: executor, displayName: name)
    // As the program does: what is kept of whoever was here last is read before the first frame.
    let first = try disk.firstScreen(rows: settings.viewport.rows).map {
      Event.historyRead($0.history, first: $0.first)
    }
    let events = [first].compactMap(\.self) + [.started]
    let effects = loop.reduce(events, now: machineClock.now)
    process = Process(
      loop: loop, mailbox: mailbox, runner: runner, nextDeadline: loop.state.nextDeadline,
      recording: recording)
    drawIfSeen()
    perform(effects, after: events)
  }

  /// Ends it as `kill -9` does.
  public func kill() {
    guard let process else { return }
    trace.note(name, "is killed")
    process.runner.stop()
    disk.unmount()
    passage.hangUp()
    self.process = nil
    wake()
  }

  /// The lid of its machine is closed: no time passes for it, and nothing reaches it.
  public func sleep() {
    guard isRunning else { return }
    isAsleep = true
    passage.silenceSockets()
    passage.weather.isOffline = true
  }

  /// The lid is opened.
  public func wake() {
    guard isAsleep else { return }
    isAsleep = false
    passage.weather.isOffline = false
  }

  /// Gives it events, as from keyboard and terminal.
  public func take(_ events: [Event]) {
    guard process != nil, !isAsleep else { return }
    step(events)
  }

  /// Takes what came by mail, and the time if it is due.
  ///
  /// - Returns: True when there was something to do.
  func stepIfDue() -> Bool {
    guard let process, !isAsleep else { return false }
    let events = process.mailbox.drain()
    let isDue = process.nextDeadline.map { $0 <= machineClock.now } ?? false
    guard !events.isEmpty || isDue else { return false }
    step(events)
    return true
  }

  private func step(_ events: [Event]) {
    for case .finished(let id, _) in events { process?.underWay.remove(id) }
    guard let effects = process?.loop.reduce(events, now: machineClock.now) else { return }
    let deadline = process?.loop.state.nextDeadline
    process?.nextDeadline = deadline
    process?.frame = nil
    drawIfSeen()
    perform(effects, after: events)
  }

  private func drawIfSeen() {
    if settings.drawsEachStep { _ = frame }
  }

  private func perform(_ effects: [Effect], after events: [Event]) {
    for event in events { if let line = event.traceLine { trace.note(name, line) } }
    var leaves = false
    for effect in effects {
      trace.note(name, effect.traceLine)
      switch effect.action {
      case .ring, .redraw, .suspend: continue
      case .quit:
        leaves = true
        continue
      case .cancel(let id): process?.underWay.remove(id)
      default: process?.underWay.insert(effect.id)
      }
      process?.runner.run(effect)
    }
    if settings.keepsDiaries, let state {
      diaryWriter.write(events, effects, state, order: trace.count, to: &keptDiary)
    }
    watch(self, events, effects)
    // The person left: what was to be kept is on the disk by now.
    if leaves { kill() }
  }

  private func services(_ mailbox: Mailbox) throws -> ClientServices {
    let line = passage.line()
    let posted = PostedTokenFlow(mailbox: mailbox)
    let flow = ACSAuth.TokenFlow(observer: posted, clock: machineClock)
    let credential = UserTokenCredential(
      source: try TokenServiceClient(
        settings: .world(userName: name, life: self.settings.tokenLife), exchange: line, flow: flow),
      displayName: name, clock: machineClock, random: dice, flow: flow)
    let authorised = AuthorisedExchange(
      exchange: line, credential: credential, clock: machineClock, flow: flow)
    return ClientServices(
      signIn: credential,
      chat: ChatClient(endpoint: Servers.endpoint, exchange: authorised),
      directory: try TrustedServiceDirectory(url: Servers.trustedURL, exchange: authorised),
      events: settings.hasEvents
        ? TrouterEventChannel(
          endpoint: Servers.endpoint, exchange: authorised, transport: line, connector: line,
          credential: credential, clock: machineClock, timer: clock, random: dice,
          executor: executor)
        : nil,
      history: disk.mount(), gateway: nil)
  }
}
