import ACSWire

extension FuzzTarget {
  /// The bodies of requests to every plane, and of what calls and Event Grid post.
  static let bodies = FuzzTarget("bodies") { bytes in
    guard let json = try? JSONValue.parse(bytes) else { return }
    for model in requests { try model.check(json) }
  }

  private static let requests = [
    Model(CreateChatThreadRequest.self), Model(UpdateChatThreadRequest.self),
    Model(SendChatMessageRequest.self), Model(UpdateChatMessageRequest.self),
    Model(AddChatParticipantsRequest.self), Model(SendReadReceiptRequest.self),
    Model(TypingNotificationRequest.self), Model(RetentionPolicyModel.self),
    Model(CreateIdentityRequest.self), Model(IssueAccessTokenRequest.self),
    Model(ExchangeTeamsTokenRequest.self), Model(IdentifierModel.self),
    Model(SMSSendRequest.self), Model(OptOutRequest.self),
    Model(CreateRoomRequest.self), Model(UpdateRoomRequest.self),
    Model(UpdateRoomParticipantsRequest.self), Model(RegistrationRequest.self),
    Model(CreateCallRequest.self), Model(AnswerCallRequest.self), Model(RejectCallRequest.self),
    Model(MuteParticipantsRequest.self), Model([CloudEvent].self), Model([EventGridEvent].self),
    Model(IncomingCallData.self), Model(CallEventData.self),
    Model(SubscriptionValidationData.self),
  ]
}
