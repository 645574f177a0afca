public import ACSTypes

/// The requests of Call Automation (WIRE 7), without their authorisation.
public struct CallAutomationRequests: Hashable, Sendable {
  private static let path = "/calling/callConnections"

  private let builder: RequestBuilder

  /// Requests to the resource at `endpoint`.
  public init(endpoint: String, apiVersion: String = "2024-04-15") {
    builder = RequestBuilder(endpoint: endpoint, apiVersion: apiVersion)
  }

  /// Creates a call; answered with 201 and ``CallConnectionProperties``.
  public func create(
    _ call: CreateCallRequest, requestID: String, firstSent: Timestamp
  ) -> HTTPRequest {
    builder.request("POST", CallAutomationRequests.path, body: call)
      .repeatable(id: requestID, firstSent: firstSent)
  }

  /// Answers a ringing call; answered with ``CallConnectionProperties``.
  public func answer(
    _ call: AnswerCallRequest, requestID: String, firstSent: Timestamp
  ) -> HTTPRequest {
    builder.request("POST", "\(CallAutomationRequests.path):answer", body: call)
      .repeatable(id: requestID, firstSent: firstSent)
  }

  /// Declines a ringing call; answered with 204.
  public func reject(
    _ call: RejectCallRequest, requestID: String, firstSent: Timestamp
  ) -> HTTPRequest {
    builder.request("POST", "\(CallAutomationRequests.path):reject", body: call)
      .repeatable(id: requestID, firstSent: firstSent)
  }

  /// The state of a connection; answered with ``CallConnectionProperties``.
  public func properties(of connectionID: String) -> HTTPRequest {
    builder.request("GET", path(connectionID))
  }

  /// Leaves the call; answered with 204.
  public func hangUp(_ connectionID: String) -> HTTPRequest {
    builder.request("DELETE", path(connectionID))
  }

  /// Ends the call for everybody; answered with 204.
  public func terminate(
    _ connectionID: String, requestID: String, firstSent: Timestamp
  ) -> HTTPRequest {
    builder.request("POST", "\(path(connectionID)):terminate")
      .repeatable(id: requestID, firstSent: firstSent)
  }

  /// Who is in the call; answered with a page of ``CallParticipantModel``.
  public func participants(of connectionID: String) -> HTTPRequest {
    builder.request("GET", "\(path(connectionID))/participants")
  }

  /// The page to which a `nextLink` leads.
  ///
  /// - Throws: ``WireError`` with code `.badValue` when it leads to another server than the endpoint.
  public func next(_ link: String) throws(WireError) -> HTTPRequest {
    try builder.next(link)
  }

  /// Mutes one ACS user; answered with ``MuteParticipantsResult``.
  ///
  /// The stable contract has no unmute.
  public func mute(
    _ target: CommunicationIdentifier, in connectionID: String, requestID: String,
    firstSent: Timestamp
  ) -> HTTPRequest {
    let body = MuteParticipantsRequest(
      targetParticipants: [IdentifierModel(target, writingKind: true)])
    return builder.request("POST", "\(path(connectionID))/participants:mute", body: body)
      .repeatable(id: requestID, firstSent: firstSent)
  }

  private func path(_ connectionID: String) -> String {
    "\(CallAutomationRequests.path)/\(connectionID.percentEncoded)"
  }
}
