import ACSTypes
import Services

/// Somebody of the made-up resource.
func person(_ number: Int) -> CommunicationIdentifier {
  let digits = String(number, radix: 16)
  let padded = String(repeating: "0", count: 12 - digits.utf8.count) + digits
  return CommunicationIdentifier(
    rawID: "8:acs:5f1ae2f4-2a6b-4dd6-9d26-c5a1b6f1f4a7_0000001b-7b3c-4b1a-\(padded)")
}

/// The thread of a number.
func threadID(_ number: Int) -> ChatThreadID {
  ChatThreadID("19:made-up-thread-of-the-history-\(number)@thread.v2")
}

/// The one thread that is pinned, and so first in the list.
let pinnedThread = threadID(7)

/// The message at a place.
func message(_ place: Int64, _ text: String, by sender: Int) -> ChatMessage {
  ChatMessage(
    id: ChatMessageID(String(place)), sequenceID: place & 0xFFFF, version: place,
    content: .text(text), senderDisplayName: "Person \(sender)", sender: person(sender),
    createdOn: Timestamp(seconds: place / 1000))
}

/// Fills a store with threads and messages, a minute apart and spread over the threads as chance has it.
func fill(_ store: any HistoryStore, _ size: HistorySize) async throws {
  let (messages, threads) = (size.messages, size.threads)
  let start: Int64 = 1_700_000_000_000
  var made = MadeUpText(seed: 1)
  try await store.save(
    (0..<threads).map { number in
      .thread(
        StoredThread(
          thread: ChatThread(
            id: threadID(number), topic: made.sentence(), createdOn: Timestamp(milliseconds: start),
            createdBy: person(number),
            lastMessageReceivedOn: Timestamp(milliseconds: start + Int64(number) * 1000)),
          isPinned: threadID(number) == pinnedThread, seenUpTo: start, unreadCount: number % 9,
          participants: (0..<5).map {
            ChatParticipant(
              identifier: person(number + $0), displayName: "Person \(number + $0)",
              shareHistoryTime: .epoch)
          },
          receipts: (0..<4).map {
            ChatMessageReadReceipt(
              sender: person(number + $0), messageID: ChatMessageID(String(start)),
              readOn: Timestamp(milliseconds: start))
          }, coverage: [HistoryStretch(oldest: start, newest: start + 1)], newestVersion: start))
    })
  let batch = 5000
  for first in stride(from: 0, to: messages, by: batch) {
    var byThread: [Int: [ChatMessage]] = [:]
    for number in first..<min(messages, first + batch) {
      let isLong = made.next() % UInt64(messages) < UInt64(size.long)
      let thread = isLong ? 0 : 1 + Int(made.next() % UInt64(threads - 1))
      byThread[thread, default: []].append(
        message(
          start + Int64(number) * 60_000, made.sentence(), by: Int(made.next() % UInt64(threads))))
    }
    try await store.save(byThread.map { .messages(threadID($0.key), $0.value) })
  }
}
