import ACSTypes
import ClientModel

/// The names of all that can happen, so that nothing stays unmeasured.
enum EventCase {
  static let all =
    Event.Name.allCases.map(\.rawValue) + EffectResult.Name.allCases.map(\.rawValue)
    + ChatEvent.Name.allCases.map(\.rawValue)

  /// Its name; for the end of an effect and what the service tells of the chats, that of what it brings.
  ///
  /// `nil` for what happens to an empty state alone: the beginning, and what an earlier run kept.
  static func name(of event: Event) -> String? {
    switch event {
    case .finished(_, let result): result.name?.rawValue
    case .chatSignalled(.event(let event)): event.name.rawValue
    default: event.name?.rawValue
    }
  }
}

// Whatever is added needs its name here before this builds.

extension Event {
  fileprivate enum Name: String, CaseIterable {
    case clockAdvanced, resized, keyPressed, pasted, mouseUsed, focusChanged, tokenFlowed,
      signInPrompted, signalled, connected, eventsLost, historyFailed, recordingEnded
  }

  fileprivate var name: Name? {
    switch self {
    case .started, .historyRead: nil
    case .clockAdvanced: .clockAdvanced
    case .resized: .resized
    case .keyPressed: .keyPressed
    case .pasted: .pasted
    case .mouseUsed: .mouseUsed
    case .focusChanged: .focusChanged
    case .tokenFlowed: .tokenFlowed
    case .signInPrompted: .signInPrompted
    case .signalled: .signalled
    case .chatSignalled(.connected): .connected
    case .chatSignalled: .eventsLost
    case .historyFailed: .historyFailed
    case .recordingEnded: .recordingEnded
    // Named by what it brings.
    case .finished: nil
    }
  }
}

extension EffectResult {
  fileprivate enum Name: String, CaseIterable {
    case done, session, threads, thread, messages, sent, participants, receipts, people, stored,
      hits, failed
  }

  fileprivate var name: Name? {
    switch self {
    case .done: .done
    case .session: .session
    case .threads: .threads
    case .thread: .thread
    case .messages: .messages
    case .sent: .sent
    case .participants: .participants
    case .receipts: .receipts
    case .people: .people
    case .history: nil
    case .stored: .stored
    case .hits: .hits
    case .failed: .failed
    }
  }
}

extension ChatEvent {
  fileprivate enum Name: String, CaseIterable {
    case messageReceived, messageEdited, messageDeleted, typingReceived, readReceiptReceived,
      threadCreated, threadPropertiesUpdated, threadDeleted, participantsAdded,
      participantsRemoved
  }

  fileprivate var name: Name {
    switch self {
    case .messageReceived: .messageReceived
    case .messageEdited: .messageEdited
    case .messageDeleted: .messageDeleted
    case .typingReceived: .typingReceived
    case .readReceiptReceived: .readReceiptReceived
    case .threadCreated: .threadCreated
    case .threadPropertiesUpdated: .threadPropertiesUpdated
    case .threadDeleted: .threadDeleted
    case .participantsAdded: .participantsAdded
    case .participantsRemoved: .participantsRemoved
    }
  }
}
