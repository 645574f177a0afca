import ACSTypes
import ArgumentTable
import Services

/// The thread that somebody typed: an id, or a topic that only one thread has.
struct ThreadChoice: Sendable {
  private let typed: String

  init(_ typed: String) {
    self.typed = typed
  }

  /// Whether it is written as the service writes ids.
  var isID: Bool { typed.hasPrefix("19:") && typed.contains("@") }

  /// Asks the service.
  ///
  /// - Throws: ``CommandError`` with code 65 when no thread is meant, or several are.
  func find(in chat: any ChatService) async throws -> ChatThread {
    guard isID else { return try pick(from: try await chat.allThreads()) }
    do {
      return try await chat.thread(ChatThreadID(typed))
    } catch let error as ServiceError
      where error.code == .notFound || error.code == .forbidden || error.code == .refused
    {
      throw CommandError(
        .badData,
        "The service shows you no thread \(typed): it was deleted, or you are not in it. `confab chat list` shows yours."
      )
    }
  }

  /// The one of `threads` that is meant; deleted ones count only where no other has the topic.
  func pick(from threads: [ChatThread]) throws(CommandError) -> ChatThread {
    if let thread = threads.first(where: { $0.id.rawValue == typed }) { return thread }
    let wanted = typed.lowercased()
    let named = threads.filter { $0.topic.lowercased() == wanted }
    let living = named.filter { $0.deletedOn == nil }
    if living.count == 1 { return living[0] }
    if living.isEmpty, named.count == 1 { return named[0] }
    guard !named.isEmpty else {
      throw CommandError(
        .badData,
        "You have no thread with the topic \(typed.debugDescription). `confab chat list` shows yours."
      )
    }
    let candidates = named.map { thread in
      let last = thread.lastMessageReceivedOn.map { ", last message \($0.iso8601)" } ?? ""
      return "  \(thread.id.rawValue)\(last)"
    }
    throw CommandError(
      .badData,
      "\(named.count) threads have the topic \(typed.debugDescription); name one by its id:\n"
        + candidates.joined(separator: "\n"))
  }
}

extension ChatService {
  /// All threads of the user, deleted ones included, latest message first.
  func allThreads() async throws -> [ChatThread] { try await threadList().threads }

  /// The same, and when the service began to tell them, by its own clock; `nil` where it does not say.
  func threadList() async throws -> (threads: [ChatThread], servedOn: Timestamp?) {
    var threads: [ChatThreadID: ChatThread] = [:]
    var servedOn: Timestamp?
    var next: String?
    repeat {
      let page = try await self.threads(next: next)
      if next == nil { servedOn = page.servedOn }
      for thread in page.values { threads[thread.id] = thread }
      // A link that leads to itself would never end.
      next = page.nextLink == next ? nil : page.nextLink
    } while next != nil
    let sorted = threads.values.sorted { left, right in
      let (first, second) = (left.lastMessageReceivedOn, right.lastMessageReceivedOn)
      if first != second { return (first ?? .epoch) > (second ?? .epoch) }
      return left.id.rawValue < right.id.rawValue
    }
    return (sorted, servedOn)
  }
}
