import ACSTypes
import Services

/// What the service has for one person, read by another device of theirs after all troubles.
struct ServiceView: Sendable {
  /// One thread.
  struct Thread: Sendable {
    var thread: ChatThread
    /// Oldest first.
    var messages: [ChatMessage]
    var participants: [ChatParticipant]
  }

  var identity: CommunicationIdentifier
  /// Those that the person is in, by id.
  var threads: [Thread]

  /// Reads everything.
  ///
  /// - Throws: `ServiceError`.
  static func read(by device: OtherDevice) async throws -> ServiceView {
    let chat = device.chat
    var view = ServiceView(identity: try await device.identity(), threads: [])
    for thread in try await everyPage({ try await chat.threads(next: $0) })
    where thread.deletedOn == nil {
      let messages = try await everyPage {
        try await chat.messages(in: thread.id, startTime: nil, next: $0)
      }
      view.threads.append(
        Thread(
          thread: thread, messages: messages.sorted { $0.id.place < $1.id.place },
          participants: try await chat.participants(of: thread.id)))
    }
    view.threads.sort { $0.thread.id.rawValue < $1.thread.id.rawValue }
    return view
  }
}
