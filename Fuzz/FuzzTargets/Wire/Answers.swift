import ACSTypes
import ACSWire

extension FuzzTarget {
  /// Answers of a hostile service: a line with status and `Retry-After`, then the body.
  static let answers = FuzzTarget("answers") { bytes in
    var input = Input(bytes)
    let line = (input.line() ?? "").split(separator: " ", maxSplits: 1)
    let body = input.all()
    var headers: HTTPHeaders = ["Date": "Sat, 21 Nov 2026 02:29:57 GMT"]
    if line.count == 2 { headers["Retry-After"] = String(line[1]) }
    let status = line.first.flatMap { Int($0) } ?? 400
    let error = ServiceError(
      HTTPResponse(status: status, headers: headers, body: body), during: "asking")
    try require(!error.message.isEmpty, "an error without words")
    if let wait = error.retryAfter {
      try require(
        wait >= .zero && wait <= .seconds(86_400), "a wait of \(wait) is none that is kept")
    }
    _ = try? TokenServiceAnswer(bytes: body)
    guard let json = try? JSONValue.parse(body) else { return }
    for model in models { try model.check(json) }
  }

  private static let models = [
    Model(PageModel<ChatMessageModel>.self) { _ = $0.value.map { ChatMessage($0) } },
    Model(PageModel<ChatThreadItem>.self), Model(PageModel<ChatParticipantModel>.self),
    Model(PageModel<ReadReceiptModel>.self), Model(PageModel<RoomModel>.self),
    Model(PageModel<RoomParticipantModel>.self),
    Model(ChatMessageModel.self) { _ = ChatMessage($0) },
    Model(ChatThreadProperties.self), Model(CreateChatThreadResult.self),
    Model(AddChatParticipantsResult.self), Model(SendChatMessageResult.self),
    Model(CommunicationIdentityAccessTokenResult.self), Model(AccessTokenModel.self),
    Model(SMSSendResponse.self), Model(OptOutResponse.self), Model(RoomModel.self),
    Model(CallConnectionProperties.self), Model(MuteParticipantsResult.self),
    Model(ErrorEnvelope.self), Model(CommunicationErrorEnvelope.self),
    Model(RealTimeConfiguration.self), Model(TrouterConnection.self),
  ]
}
