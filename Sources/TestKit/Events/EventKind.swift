public import ClientModel
import ACSTypes

/// Every kind of thing that can happen to the client, so that a test can tell that it met all of them.
///
/// A new case of an event does not build until it has its kind here, and then fails the tests that look for all kinds
/// until ``RandomEvents`` makes it.
public enum EventKind: String, Hashable, Sendable, CaseIterable {
  case started, clockAdvanced, resized, keyPressed, pasted, mouseUsed, focusChanged, tokenFlowed
  case signInPrompted, recordingEnded
  case welcome, accepted, refused, incoming, callState, roster
  case eventsConnected, eventsLost
  case messageReceived, messageEdited, messageDeleted, typingReceived, readReceiptReceived
  case threadCreated, threadPropertiesUpdated, threadDeleted, participantsAdded, participantsRemoved
  case done, session, threads, thread, messages, sent, participants, receipts, people, failed
  case historyRead, historyFailed, history, stored, hits

  /// The kind of an event.
  public init(_ event: Event) {
    switch event {
    case .started: self = .started
    case .clockAdvanced: self = .clockAdvanced
    case .resized: self = .resized
    case .keyPressed: self = .keyPressed
    case .pasted: self = .pasted
    case .mouseUsed: self = .mouseUsed
    case .focusChanged: self = .focusChanged
    case .tokenFlowed: self = .tokenFlowed
    case .signInPrompted: self = .signInPrompted
    case .recordingEnded: self = .recordingEnded
    case .signalled(let signal): self.init(signal)
    case .chatSignalled(.connected): self = .eventsConnected
    case .chatSignalled(.eventsLost): self = .eventsLost
    case .chatSignalled(.event(let event)): self.init(event)
    case .historyRead: self = .historyRead
    case .historyFailed: self = .historyFailed
    case .finished(_, let result): self.init(result)
    }
  }

  private init(_ signal: CallSignal) {
    switch signal {
    case .welcome: self = .welcome
    case .accepted: self = .accepted
    case .refused: self = .refused
    case .incoming: self = .incoming
    case .state: self = .callState
    case .roster: self = .roster
    }
  }

  private init(_ event: ChatEvent) {
    switch event {
    case .messageReceived: self = .messageReceived
    case .messageEdited: self = .messageEdited
    case .messageDeleted: self = .messageDeleted
    case .typingReceived: self = .typingReceived
    case .readReceiptReceived: self = .readReceiptReceived
    case .threadCreated: self = .threadCreated
    case .threadPropertiesUpdated: self = .threadPropertiesUpdated
    case .threadDeleted: self = .threadDeleted
    case .participantsAdded: self = .participantsAdded
    case .participantsRemoved: self = .participantsRemoved
    }
  }

  private init(_ result: EffectResult) {
    switch result {
    case .done: self = .done
    case .session: self = .session
    case .threads: self = .threads
    case .thread: self = .thread
    case .messages: self = .messages
    case .sent: self = .sent
    case .participants: self = .participants
    case .receipts: self = .receipts
    case .people: self = .people
    case .history: self = .history
    case .stored: self = .stored
    case .hits: self = .hits
    case .failed: self = .failed
    }
  }
}
