import ACSClient
import ACSTypes
import ACSWire
import Services
import Synchronization

/// The call gateway: joins terminals' sockets, Call Automation and its events to the switchboard, which decides.
///
/// The switchboard's signals go out in the order of its decisions. Its requests run beside each other; each one's outcome
/// goes back into it.
final class Gateway: Sendable {
  private struct Contents {
    var switchboard = Switchboard()
    /// Where signals to each terminal go.
    var outlets: [CallLeg.Terminal: AsyncStream<CallSignal>.Continuation] = [:]
  }

  private let contents = Mutex(Contents())
  private let calls: CallAutomationClient
  private let users: any UserStore
  private let publicURL: String
  private let guests: GatewayGuests
  private let clock: any WallClock
  private let random: any RandomSource

  init(
    calls: CallAutomationClient, users: any UserStore, publicURL: String, guests: GatewayGuests,
    clock: any WallClock, random: any RandomSource
  ) {
    self.calls = calls
    self.users = users
    self.publicURL = publicURL
    self.guests = guests
    self.clock = clock
    self.random = random
  }

  var nextDeadline: Timestamp? { contents.withLock { $0.switchboard.deadline } }

  func tick() async {
    let now = clock.now
    await perform(decide { $0.passed(now: now) })
  }

  func stop() async {
    let now = clock.now
    await perform(decide { $0.stopped(now: now) })
  }

  // MARK: - Terminals

  /// What is to be done with the socket that `request` opens.
  func socket(_ request: HTTPRequest) async throws -> @Sendable (any MessageSocket) async -> Void {
    let guest = try await guests.guest(request)
    return { socket in await self.serve(socket, guest) }
  }

  private func serve(_ socket: any MessageSocket, _ guest: GatewayGuests.Guest) async {
    let (signals, outlet) = AsyncStream.makeStream(of: CallSignal.self)
    let (terminal, requests) = attach(guest, outlet)
    await withDiscardingTaskGroup { group in
      group.addTask {
        for await signal in signals {
          do { try await socket.send(signal.json.text) } catch { return }
        }
        await socket.close()
      }
      group.addTask { await self.perform(requests) }
      while let text = try? await socket.receive() {
        guard let command = self.command(text) else { continue }
        let names = self.names()
        let now = self.clock.now
        let requests = self.decide { switchboard in
          switchboard.commanded(command, by: terminal, names: names, now: now)
        }
        group.addTask { await self.perform(requests) }
      }
      self.detach(terminal)
      outlet.finish()
    }
  }

  /// A terminal's message; `nil` for what this version does not know, which is no reason to part.
  private func command(_ text: String) -> CallCommand? {
    guard text.utf8.count <= 64 << 10 else { return nil }
    return try? CallCommand(text: text)
  }

  private func attach(
    _ guest: GatewayGuests.Guest, _ outlet: AsyncStream<CallSignal>.Continuation
  ) -> (CallLeg.Terminal, [CallRequest]) {
    contents.withLock { contents in
      let (terminal, instructions) = contents.switchboard.attached(
        guest.identity, scopes: guest.scopes)
      contents.outlets[terminal] = outlet
      return (terminal, Gateway.send(instructions, &contents))
    }
  }

  private func detach(_ terminal: CallLeg.Terminal) {
    let now = clock.now
    contents.withLock { contents in
      contents.outlets[terminal] = nil
      contents.switchboard.detached(terminal, now: now)
    }
  }

  // MARK: - Decisions

  /// Lets the switchboard decide, sends its signals and gives its requests.
  private func decide(
    _ body: (inout Switchboard) -> [Switchboard.Instruction]
  ) -> [CallRequest] {
    contents.withLock { contents in
      let instructions = body(&contents.switchboard)
      return Gateway.send(instructions, &contents)
    }
  }

  private static func send(
    _ instructions: [Switchboard.Instruction], _ contents: inout Contents
  ) -> [CallRequest] {
    var requests: [CallRequest] = []
    for instruction in instructions {
      switch instruction {
      case .send(let terminal, let signal): contents.outlets[terminal]?.yield(signal)
      case .request(let request): requests.append(request)
      }
    }
    return requests
  }

  /// Asks Call Automation, beside each other, and takes each outcome back to the switchboard.
  private func perform(_ requests: [CallRequest]) async {
    guard !requests.isEmpty else { return }
    await withDiscardingTaskGroup { group in
      for request in requests {
        group.addTask {
          let event = await self.outcome(of: request)
          let now = self.clock.now
          await self.perform(self.decide { $0.happened(event, to: request.leg, now: now) })
        }
      }
    }
  }

  private func outcome(of request: CallRequest) async -> CallEvent {
    do {
      return try await ask(request)
    } catch {
      let error = (error as? ServiceError) ?? ServiceError(.badAnswer, "\(error)")
      switch request.kind {
      case .create: return .createFailed(error)
      case .answer: return .answerFailed(error)
      case .reject: return .rejectFailed(error)
      case .hangUp: return error.code == .notFound ? .hangUpDone : .hangUpFailed(error)
      case .mute(_, let requestID): return .muteFailed(requestID: requestID, error)
      }
    }
  }

  private func ask(_ request: CallRequest) async throws -> CallEvent {
    let callback = "\(publicURL)/callbacks/\(request.callbackKey)"
    let id = requestID()
    switch request.kind {
    case .create(let target):
      let name = try await users.displayNames(of: [request.user])[request.user]
      let properties = try await calls.createCall(
        CreateCallRequest(
          targets: [IdentifierModel(target)], sourceDisplayName: name,
          source: CommunicationIdentity(id: request.user.rawID), callbackURI: callback),
        requestID: id)
      return try placed(properties)
    case .answer(let context):
      let properties = try await calls.answerCall(
        AnswerCallRequest(
          incomingCallContext: context, callbackURI: callback,
          answeredBy: CommunicationIdentity(id: request.user.rawID)), requestID: id)
      return try placed(properties)
    case .reject(let context):
      try await calls.rejectCall(
        RejectCallRequest(incomingCallContext: context, callRejectReason: "none"), requestID: id)
      return .rejectDone
    case .hangUp(let connectionID):
      try await calls.hangUp(connectionID)
      return .hangUpDone
    case .mute(let connectionID, let command):
      try await calls.mute(request.user, in: connectionID, requestID: id)
      return .muteDone(requestID: command)
    }
  }

  private func placed(_ properties: CallConnectionProperties) throws -> CallEvent {
    guard let connectionID = properties.callConnectionID else {
      throw ServiceError(.badAnswer, "The service gave the call no connection id.")
    }
    return .placed(connectionID: connectionID, CallReference(properties))
  }

  // MARK: - Events

  /// `POST /events`: Event Grid's web hook, with its validation.
  func events(_ request: HTTPRequest) async throws -> HTTPResponse {
    for event in try decoded([EventGridEvent].self, request) {
      switch event.content {
      case .subscriptionValidation(let data): return .json(data.answer)
      case .incomingCall(let data):
        let from = data.from.identifier
        let invitation = CallLeg.Invitation(
          from: from, displayName: try await name(of: from, told: data.callerDisplayName),
          context: data.incomingCallContext)
        let names = names()
        let now = clock.now
        await perform(
          decide {
            $0.invited(
              data.to.identifier, invitation, reference: CallReference(data), names: names,
              now: now)
          })
      case .unknown(EventGridEvent.callEndedType, let data):
        let reference = CallReference(
          serverCallID: data["serverCallId"]?.string, correlationID: data["correlationId"]?.string)
        let now = clock.now
        await perform(decide { $0.callEnded(reference, now: now) })
      case .unknown: continue
      }
    }
    return .json(["status": "taken"])
  }

  /// `POST /callbacks/{key}`: Call Automation's events of one leg.
  func callback(_ key: String, _ request: HTTPRequest) async throws -> HTTPResponse {
    guard let leg = contents.withLock({ $0.switchboard.leg(ofCallback: key) }) else {
      throw RequestProblem(status: 404, code: "NotFound", message: "There is no such call.")
    }
    for cloudEvent in try decoded([CloudEvent].self, request) {
      guard
        let event = CallEvent(cloudEvent.content, names: try await names(in: cloudEvent.content))
      else { continue }
      let now = clock.now
      await perform(decide { $0.happened(event, to: leg, now: now) })
    }
    return .json(["status": "taken"])
  }

  private func decoded<Value: WireValue>(_ type: Value.Type, _ request: HTTPRequest) throws
    -> Value
  {
    do {
      return try Value(bytes: request.body)
    } catch {
      throw RequestProblem.badRequest("The events cannot be read: \(error.message)")
    }
  }

  private func names(
    in content: CloudEvent.Content
  ) async throws -> [CommunicationIdentifier: String] {
    guard case .participantsUpdated(let data) = content else { return [:] }
    return try await users.displayNames(of: (data.participants ?? []).map(\.identifier.identifier))
  }

  private func name(of caller: CommunicationIdentifier, told: String?) async throws -> String {
    if let told, !told.isEmpty { return told }
    return try await users.displayNames(of: [caller])[caller] ?? ""
  }

  // MARK: - Ids

  private func names() -> LegNames {
    LegNames(id: CallID(hexadecimal(2)), callbackKey: hexadecimal(4))
  }

  private func requestID() -> String {
    var digits = Array(hexadecimal(2))
    for place in [20, 16, 12, 8] { digits.insert("-", at: place) }
    return String(digits)
  }

  /// `count` random words of 16 digits each.
  private func hexadecimal(_ count: Int) -> String {
    (0..<count).map { _ in
      let digits = String(random.next(), radix: 16)
      return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }.joined()
  }
}
