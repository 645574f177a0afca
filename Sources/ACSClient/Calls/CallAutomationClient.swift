import ACSAuth
public import ACSTypes
public import ACSWire
public import Services

/// Call Automation as the call gateway uses it (WIRE 7).
///
/// Every operation throws `ServiceError`. Operations that change something take a `requestID` of the caller's choice; sent again with the same one, they are
/// done once.
public struct CallAutomationClient: Sendable {
  /// How many pages of participants are followed: enough for the service's largest call.
  private static let pageLimit = 10

  private let requests: CallAutomationRequests
  private let exchange: any ServiceExchange
  private let clock: any WallClock

  /// Calls of the resource at `endpoint`.
  public init(
    endpoint: String, exchange: any HTTPExchange, authoriser: any RequestAuthoriser,
    clock: any WallClock
  ) {
    requests = CallAutomationRequests(endpoint: endpoint)
    self.exchange = SignedExchange(exchange: exchange, authoriser: authoriser)
    self.clock = clock
  }

  /// Calls somebody.
  public func createCall(
    _ call: CreateCallRequest, requestID: String
  ) async throws -> CallConnectionProperties {
    let request = requests.create(call, requestID: requestID, firstSent: clock.now)
    return try await exchange.answer(to: request, during: "starting the call")
  }

  /// Answers a ringing call.
  public func answerCall(
    _ call: AnswerCallRequest, requestID: String
  ) async throws -> CallConnectionProperties {
    let request = requests.answer(call, requestID: requestID, firstSent: clock.now)
    return try await exchange.answer(to: request, during: "answering the call")
  }

  /// Declines a ringing call.
  public func rejectCall(_ call: RejectCallRequest, requestID: String) async throws {
    let request = requests.reject(call, requestID: requestID, firstSent: clock.now)
    _ = try await exchange.send(request, during: "declining the call")
  }

  /// Leaves the call; the others stay.
  public func hangUp(_ connectionID: String) async throws {
    _ = try await exchange.send(requests.hangUp(connectionID), during: "hanging up")
  }

  /// Ends the call for everybody.
  public func terminate(_ connectionID: String, requestID: String) async throws {
    let request = requests.terminate(connectionID, requestID: requestID, firstSent: clock.now)
    _ = try await exchange.send(request, during: "ending the call")
  }

  /// Mutes an ACS user; the service has no way to unmute.
  public func mute(
    _ target: CommunicationIdentifier, in connectionID: String, requestID: String
  ) async throws {
    let request = requests.mute(
      target, in: connectionID, requestID: requestID, firstSent: clock.now)
    _ = try await exchange.send(request, during: "muting")
  }

  /// The state of a connection.
  public func call(_ connectionID: String) async throws -> CallConnectionProperties {
    try await exchange.answer(
      to: requests.properties(of: connectionID), during: "reading the call")
  }

  /// Who is in the call, all pages.
  public func participants(of connectionID: String) async throws -> [CallParticipantModel] {
    let action = "reading the call's participants"
    return try await exchange.all(
      from: requests.participants(of: connectionID), following: requests.next,
      pageLimit: CallAutomationClient.pageLimit, during: action)
  }
}
