public import ACSTypes
public import ServiceAuth
public import Services
import Synchronization

/// Azure Communication Services on this machine: the rules of its planes as (request, now) to (answer, deliveries).
///
/// It reads no clock and opens no socket: whoever joins it to a server passes the time in and posts the deliveries. Its
/// own time follows from that one, and is the same until somebody sets its clock.
/// Requests are done one after the other under one lock; what a success acknowledges is on the disk, except calls, which
/// live in memory only. Requests that come together share one wait for the disk: ``answer(to:now:post:)`` does a request,
/// and ``commit()``, on a thread of the program's, brings it to the disk and gives the answer.
public final class Emulator: Sendable {
  let journal = RequestJournal()
  let core: Mutex<Core>
  private let tokens: VerifiedTokens
  private let observers = Mutex(Observers())
  /// Held by who brings writes to the disk.
  let committing = Mutex(())

  /// Opens the emulator over the store at `path`, made when absent, or over one in memory for `nil`.
  ///
  /// - Parameters:
  ///   - path: The database file; its folder exists.
  ///   - accessKeys: The keys whose signatures are accepted: the primary one and, where there is one, the secondary.
  ///   - tokenKey: Signs user access tokens when the store holds no key yet; without one a key is made.
  ///   - entra: What its Entra tenant has, and how it approves.
  ///   - entraKey: Signs Entra tokens when the store holds no key yet; without one a key is made at the first.
  ///   - rules: What differs from one emulator to the next.
  ///   - random: Brings ids.
  /// - Throws: ``StoreError``, which leaves the file as it was, or `ServiceAuthError`.
  public init(
    path: String?, accessKeys: [AccessKey], tokenKey: RSAKey? = nil,
    entra: EntraSettings = EntraSettings(), entraKey: RSAKey? = nil,
    rules: EmulatorRules = EmulatorRules(),
    random: any RandomSource
  ) throws {
    let store = try Store(path: path)
    let resource = try Resource(store: store, tokenKey: tokenKey, random: random)
    let core = try Core(
      store: store, resource: resource, rules: rules, accessKeys: accessKeys,
      entra: try EntraTenant(entra, key: entraKey, store: store), journal: journal,
      random: random)
    tokens = core.tokens
    self.core = Mutex(core)
    commit()
  }

  /// The resource's id, a GUID that stands in every identity; a snapshot may bring another one.
  public var resourceID: String { core.withLock { $0.resource.id } }

  /// Takes what `GET /facts` of the administration answers: what the program tells of itself, as JSON.
  public func tells(facts: String) { core.withLock { $0.facts = Array(facts.utf8) } }

  /// Answers a request at `now`, and waits for the disk; may be called from several threads.
  ///
  /// - Parameters:
  ///   - request: The request as it arrived.
  ///   - now: The time.
  ///   - post: Takes the deliveries, which are to be posted in their order; it is called before another request is
  ///     looked at, so that order holds over all of them, and must be quick.
  /// - Returns: The answer, and the deliveries once more.
  public func respond(
    to request: HTTPRequest, now: Timestamp,
    post: @escaping @Sendable ([WebhookDelivery]) -> Void = { _ in }
  ) -> EmulatorReply {
    switch answer(to: request, now: now, post: post) {
    case .now(let reply): return reply
    case .later(let owed):
      commit()
      guard let reply = owed.value else { preconditionFailure("A commit left an answer out.") }
      return reply
    }
  }

  /// Does a request at `now` as ``respond(to:now:post:)`` does, and leaves waiting for the disk to ``commit()``.
  ///
  /// Reads, too, wait while anything that they may have seen is not on the disk.
  public func answer(
    to request: HTTPRequest, now: Timestamp,
    post: @escaping @Sendable ([WebhookDelivery]) -> Void = { _ in }
  ) -> EmulatorAnswer {
    let token = tokens.claims(in: request)
    let answer = withCore(now: now) { core, now -> EmulatorAnswer in
      let reply = core.respond(to: Exchange(request, now: now, token: token))
      core.store.countWrites()
      guard core.store.written > core.outbox.synced else {
        core.tell(reply, now: now, post: post)
        return .now(reply)
      }
      let owed = OwedReply()
      core.outbox.add(
        Outbox.Entry(
          batch: core.store.written, plane: Plane(path: request.path), reply: reply, now: now,
          post: post, owed: owed))
      return .later(owed)
    }
    guard case .now(var reply) = answer else { return answer }
    reply.complete()
    return .now(reply)
  }

  /// Calls `body` whenever something was written that waits for ``commit()``.
  public func whenWritesWait(_ body: @escaping @Sendable () -> Void) {
    observers.withLock { $0.writesWait = body }
  }

  /// Does what is due at `now`: ends calls that nobody answered, beats on sockets, gives up what fell silent.
  public func tick(now: Timestamp) -> [WebhookDelivery] {
    let posts = PostedDeliveries()
    let deliveries = withCore(now: now) { core, time in
      core.keepSocketsAlive(outside: now)
      core.runBots(now: time) { posts.add($0) }
      core.realTime.tick(now: time)
      return core.tick(now: time)
    }
    commit()
    return deliveries + posts.all
  }

  /// When ``tick(now:)`` has something to do next; `nil` while nothing waits for the time.
  public var nextDeadline: Timestamp? {
    core.withLock { core in
      core.outlets.toldDeadline = core.nextDeadline
      let deadline = [core.calls.nextDeadline, core.nextDeadline].compactMap(\.self).min()
      return core.outside(of: deadline)
    }
  }

  /// Calls `body` whenever ``nextDeadline`` came nearer because of events, real-time or Event Grid's, or bots.
  public func whenDeadlineMoves(_ body: @escaping @Sendable () -> Void) {
    observers.withLock { $0.deadlineMoves = body }
  }

  /// The emulator's own time when it is `now` outside: another one after somebody set its clock.
  ///
  /// Everything else here takes the time outside.
  public func time(at now: Timestamp) -> Timestamp { core.withLock { $0.clock.read(now) } }

  /// Works on the state at the emulator's own time, then hands over what that gave.
  func withCore<Result: Sendable>(
    now: Timestamp, _ body: (inout Core, Timestamp) -> Result
  ) -> Result {
    withCore { core in
      let time = core.clock.read(now)
      return body(&core, time)
    }
  }

  /// Works on the state, then hands over what that gave.
  func withCore<Result: Sendable>(_ body: (inout Core) -> Result) -> Result {
    let (result, hasMoved, hasWritten) = core.withLock { core in
      let result = body(&core)
      core.store.countWrites()
      return (result, core.settle(), core.store.written > core.outbox.synced)
    }
    if hasMoved { observers.withLock { $0.deadlineMoves }?() }
    if hasWritten { observers.withLock { $0.writesWait }?() }
    return result
  }

  /// Answers a request to the administration interface, which has no authorisation and therefore listens on loopback
  /// and refuses requests under other names.
  public func administer(_ request: HTTPRequest, now: Timestamp) -> EmulatorReply {
    defer { commit() }
    // What is copied or replaced as a whole has to be on the disk, and nothing of it under way.
    for _ in 1...100 {
      commit()
      let reply = withCore(now: now) { core, now in
        core.store.isQuiet ? core.administer(request, now: now) : nil
      }
      if let reply { return reply }
    }
    return withCore(now: now) { core, now in core.administer(request, now: now) }
  }

  /// The primary access key and the secondary one, if there is one; they change when somebody makes one anew.
  public var accessKeys: [AccessKey] { core.withLock { $0.accessKeys } }

  /// Answers a request to the metadata service, where programs get a managed identity: for loopback only, too.
  public func answerMetadata(_ request: HTTPRequest, now: Timestamp) -> HTTPResponse {
    core.withLock { $0.answerMetadata(request, now: $0.clock.read(now)) }
  }

  /// Tells where the emulator is reached: over HTTPS, which its Entra tokens name as their issuer, and in clear text,
  /// where web hooks can be confirmed by hand.
  public func isReached(at origin: String, inClear plainOrigin: String? = nil) {
    core.withLock { core in
      core.entra.origin = origin
      core.plainOrigin = plainOrigin
    }
  }

  /// A token by which a workload proves itself to the Entra authority, to be kept in a file for it.
  ///
  /// - Throws: `ServiceAuthError`.
  public func federatedToken(now: Timestamp) throws -> Secret {
    defer { commit() }
    return try core.withLock { try $0.federatedToken(now: $0.clock.read(now)) }
  }

  /// Registers a web hook for Event Grid events until the emulator ends; a second time changes nothing.
  ///
  /// - Throws: An error that says why `url` cannot be one.
  @discardableResult
  public func subscribe(to url: String) throws -> EventSubscription {
    try core.withLock { try $0.subscribe(to: url, isKept: false, now: .epoch) }
  }

  /// The registered web hooks.
  public var subscriptions: [EventSubscription] { core.withLock { $0.subscriptions } }

  /// The event with which a web hook has to prove that it wants events; `nil` when it did or is gone.
  public func validation(of id: String, now: Timestamp) -> WebhookDelivery? {
    core.withLock { $0.validation(of: id, now: $0.clock.read(now)) }
  }

  /// Takes a web hook's answer to its validation.
  ///
  /// - Returns: True when it is the right one; events go there from now on.
  public func validated(_ id: String, by answer: HTTPResponse, now: Timestamp) -> Bool {
    withCore(now: now) { core, now in core.validated(id, by: answer, now: now) }
  }
}

/// Who is told what.
///
/// A closure that a `Mutex` holds by itself would be wrapped anew each time that it is read.
private struct Observers {
  var writesWait: (@Sendable () -> Void)?
  var deadlineMoves: (@Sendable () -> Void)?
}

/// What becomes of a request.
public struct EmulatorReply: Sendable {
  /// The answer.
  public var response: HTTPResponse
  /// What to post, in order.
  public var deliveries: [WebhookDelivery]
  /// What to tell whoever runs the emulator, once: an api-version that it does not know yet.
  public var warnings: [String] = []
  /// Who asked: an identity, `access key` or `Entra token`; `nil` when nobody proved to be anybody.
  public var caller: String?
  /// What participants of threads are told.
  var events: [NotedEvent] = []
  /// What goes wrong with the answer on its way, on purpose.
  public var disturbance: Disturbance?
  /// What completes the response.
  var unsigned: UnsignedAnswer?

  /// Signs what is to be signed.
  mutating func complete() {
    unsigned?.complete(&response)
    unsigned = nil
  }
}

/// A post to a web hook: a call's callback or an Event Grid subscriber.
public struct WebhookDelivery: Hashable, Sendable {
  /// Where it goes.
  public var url: String
  /// Its header fields, content type included.
  public var headers: HTTPHeaders
  /// Its JSON body.
  public var body: [UInt8]
}
