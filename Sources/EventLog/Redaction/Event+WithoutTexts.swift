import ACSTypes
import ClientModel
import KeyInput

// Whatever is added to what can happen needs its case here before this builds.

extension Event {
  /// The event with placeholders for all that people wrote; `state`, to which it happens, tells whether a key writes.
  func withoutTexts(in state: ClientState) -> Event {
    switch self {
    case .started, .clockAdvanced, .resized, .focusChanged, .mouseUsed, .recordingEnded: self
    case .keyPressed(let press): .keyPressed(press.withoutText(in: state))
    case .pasted(let text):
      // A pasted id chooses somebody, which a placeholder would not.
      CommunicationIdentifier(rawID: text).kind == .unknown ? .pasted(placeholder(for: text)) : self
    case .tokenFlowed(let step): .tokenFlowed(step.withoutTexts)
    case .signInPrompted(let prompt): .signInPrompted(prompt)
    case .signalled(let signal): .signalled(signal.withoutTexts)
    case .chatSignalled(.event(let event)): .chatSignalled(.event(event.withoutTexts))
    case .chatSignalled(.connected), .chatSignalled(.eventsLost): self
    case .historyRead(let history, let first):
      .historyRead(history.withoutTexts, first: first?.withoutTexts)
    case .historyFailed: self
    case .finished(let id, let result): .finished(id, result.withoutTexts)
    }
  }
}

extension KeyPress {
  /// The key, or another one that writes as it does.
  fileprivate func withoutText(in state: ClientState) -> KeyPress {
    guard state.writes(self), case .character(let character) = key else { return self }
    return replacing(character, by: placeholder(for: character), in: state)
  }
}

extension TokenFlowStep {
  fileprivate var withoutTexts: TokenFlowStep {
    var step = self
    step.details = details.map { line in
      guard let name = line.dropping(prefix: "user  "),
        CommunicationIdentifier(rawID: name).kind == .unknown
      else { return line }
      return "user  \(placeholder(for: name))"
    }
    return step
  }
}

extension String {
  fileprivate func dropping(prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}

extension CallSignal {
  fileprivate var withoutTexts: CallSignal {
    switch self {
    case .welcome, .accepted, .refused, .state: self
    case .incoming(let id, let from, let name):
      .incoming(callID: id, from: from, displayName: placeholder(for: name))
    case .roster(let id, let version, let participants):
      .roster(
        callID: id, version: version,
        participants: participants.map { participant in
          var participant = participant
          participant.displayName = placeholder(for: participant.displayName)
          return participant
        })
    }
  }
}

extension ChatEvent {
  fileprivate var withoutTexts: ChatEvent {
    switch self {
    case .messageReceived(let id, let message): .messageReceived(id, message.withoutTexts)
    case .messageEdited(let id, let message): .messageEdited(id, message.withoutTexts)
    case .messageDeleted(let id, let message): .messageDeleted(id, message.withoutTexts)
    case .typingReceived(let id, var notice):
      {
        notice.displayName = placeholder(for: notice.displayName)
        return .typingReceived(id, notice)
      }()
    case .readReceiptReceived, .threadDeleted: self
    case .threadCreated(let thread, let members, let version):
      .threadCreated(
        thread.withoutTexts, members: members.map(\.withoutTexts), version: version)
    case .threadPropertiesUpdated(let change, let topic):
      .threadPropertiesUpdated(change, topic: placeholder(for: topic))
    case .participantsAdded(let change, let people):
      .participantsAdded(change, people.map(\.withoutTexts))
    case .participantsRemoved(let change, let people):
      .participantsRemoved(change, people.map(\.withoutTexts))
    }
  }
}
