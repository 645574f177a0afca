import ACSTypes
import ACSWire
import ServiceAuth
import Services

/// The emulator's state and its way from a request to an answer; the operations stand in the feature folders.
struct Core {
  let store: Store
  let resource: Resource
  let rules: EmulatorRules
  /// The primary and the secondary one.
  var accessKeys: [AccessKey] {
    didSet { verifier = HMACVerifier(keys: accessKeys, window: rules.clockWindow) }
  }
  private(set) var verifier: HMACVerifier
  var tokens: VerifiedTokens
  /// The keys before any was made anew.
  let givenKeys: [AccessKey]
  let ids: IDSource
  var clock: EmulatorClock
  /// Until when the life of sockets was followed while the clock stands still.
  var followedUntil: Timestamp?
  var entra: EntraTenant
  var calls = CallTable()
  var budgets = BudgetTable()
  var realTime: RealTime
  let faults = FaultTable()
  let queue = EventQueue()
  /// Where the emulator is reached in clear text, for validations by hand.
  var plainOrigin: String?
  /// What the request under way did that participants are told.
  let events = ChatEventLog()
  var outlets = Outlets()
  var outbox = Outbox()
  var bots = BotTable()
  let tokenLedger = TokenLedger()
  let journal: RequestJournal
  /// What the program tells of itself, as JSON without secrets.
  var facts = Array("{}".utf8)
  /// What is made again after a reset.
  var seed: Seed?
  /// Who sent the request under way.
  private var caller: String?
  var subscriptions: [EventSubscription] = []
  /// What the request under way gives to post.
  var deliveries: [WebhookDelivery] = []
  /// What completes the answer of the request under way.
  var unsigned: UnsignedAnswer?
  /// What the request under way gives to tell whoever runs the emulator.
  var warnings: [String] = []
  /// The api-versions that were told already.
  private var toldVersions: Set<String> = []

  init(
    store: Store, resource: Resource, rules: EmulatorRules, accessKeys: [AccessKey],
    entra: EntraTenant, journal: RequestJournal, random: any RandomSource
  ) throws {
    self.store = store
    self.resource = resource
    self.rules = rules
    givenKeys = accessKeys
    self.journal = journal
    self.accessKeys = try store.accessKeys(orElse: accessKeys)
    verifier = HMACVerifier(keys: self.accessKeys, window: rules.clockWindow)
    self.entra = entra
    tokens = VerifiedTokens(key: resource.tokenKey)
    ids = IDSource(random: random)
    clock = try store.clock()
    realTime = RealTime(ids: ids, faults: faults)
    bots.scripts = try store.bots()
    subscriptions = try store.subscriptions().map { id, url, text, isValidated in
      let json = text.flatMap { try? JSONValue.parse(Array($0.utf8)) }
      var subscription = EventSubscription(
        id: id, url: url, options: try json.map { try EventOptions($0) } ?? EventOptions(),
        validationCode: ids.guid())
      if isValidated { subscription.state = .succeeded }
      return subscription
    }
    try restoreRegistrations()
    try findNextEvent()
  }

  mutating func respond(to exchange: Exchange) -> EmulatorReply {
    let request = exchange.request
    let plane = Plane(path: request.path)
    let mishap = Mishap(of: request, in: faults, now: exchange.now)
    var response: HTTPResponse
    do {
      if plane.servesBrowsers, let preflight = CrossOrigin.preflight(request) {
        response = preflight
      } else {
        try mishap?.strike()
        response = try answer(exchange, plane: plane)
      }
    } catch let refusal as Refusal {
      response = HTTPResponse(refusal, plane: plane)
    } catch let error as StoreError {
      response = HTTPResponse(Refusal(error), plane: plane)
    } catch {
      let refusal = Refusal(500, "InternalServerError", "The emulator failed.", why: "\(error)")
      response = HTTPResponse(refusal, plane: plane)
    }
    var reply = reply(response)
    mishap?.spoil(&reply, plane: plane)
    addHeaders(to: &reply.response, of: exchange, plane: plane)
    if plane.servesBrowsers { CrossOrigin.add(to: &reply.response, of: request, plane: plane) }
    return reply
  }

  /// The answer with what the request gave besides.
  mutating func reply(_ response: HTTPResponse) -> EmulatorReply {
    defer {
      deliveries = []
      warnings = []
      unsigned = nil
      caller = nil
    }
    let events = events.take()
    guard response.isSuccess else {
      return EmulatorReply(
        response: response, deliveries: [], warnings: warnings, caller: caller)
    }
    return EmulatorReply(
      response: response, deliveries: deliveries, warnings: warnings, caller: caller,
      events: events, unsigned: unsigned)
  }

  private mutating func answer(_ exchange: Exchange, plane: Plane) throws -> HTTPResponse {
    let found = try Router.route(exchange.request)
    let judgement = try APIVersion.check(
      exchange, plane: plane, isStrict: rules.hasStrictVersions)
    if case .newer(let version, let served) = judgement,
      toldVersions.insert("\(plane) \(version)").inserted
    {
      warnings.append(
        "The api-version \(version) is newer than any that is known of \(plane); it is served as "
          + "\(served). --strict-versions would refuse it.")
    }
    switch found.route.action {
    case .open(let operation): return operation(exchange)
    case .entra(let operation):
      do {
        return try operation(&self, exchange, found.arguments)
      } catch let refusal as EntraRefusal {
        return refusal.response(to: exchange, ids: ids)
      }
    case .service(let operation):
      caller = try checkServiceCaller(of: exchange)
      return try store.transaction { try operation(&self, exchange, found.arguments) }
    case .chat(let permission, let budget, let operation):
      let caller = try authenticate(exchange)
      self.caller = caller.identity.rawID
      try caller.check(permission)
      try store.deleteExpiredThreads(now: exchange.now)
      try spend(
        budget, by: caller, in: try budgetedThread(found.arguments.first, of: caller),
        now: exchange.now)
      // One statement after the other sees the same, for nobody else writes.
      guard found.route.method != "GET" else {
        return try operation(self, exchange, caller, found.arguments)
      }
      return try store.transaction { try operation(self, exchange, caller, found.arguments) }
    case .realTime(let operation): return try operation(&self, exchange, found.arguments)
    case .calls(let operation):
      caller = try checkServiceCaller(of: exchange)
      return try repeatable(exchange) { core in
        try operation(&core, exchange, found.arguments)
      }
    }
  }

  /// Headers that the service adds to every answer (WIRE 2).
  ///
  /// `Strict-Transport-Security` is left out: it would lock browsers out of every other server on localhost.
  func addHeaders(
    to response: inout HTTPResponse, of exchange: Exchange, plane: Plane
  ) {
    response.headers["MS-CV"] = "\(ids.base64URL(characters: 22)).0"
    if !plane.versions.isEmpty {
      response.headers["api-supported-versions"] = plane.versions.joined(separator: ", ")
    }
    // Else the server dates them.
    if plane == .chat, clock.isSet {
      // What its messages say, too.
      response.headers["Date"] = clock.now.httpDate
    } else if clock.skew != .zero {
      response.headers["Date"] = clock.signatureTime.httpDate
    }
    if plane == .identity { response.headers["Request-Context"] = "appId=" }
    // Identity gives it back to everybody, as recorded; the others to who asks.
    let asked = exchange.request.headers["x-ms-return-client-request-id"]?.lowercased() == "true"
    if asked || plane == .identity, let id = exchange.request.headers["x-ms-client-request-id"] {
      response.headers["x-ms-client-request-id"] = id
    }
  }
}
