import ACSTypes

let ann = CommunicationIdentifier(rawID: "8:acs:resource_ann")
let bob = CommunicationIdentifier(rawID: "8:acs:resource_bob00000")
let general = ChatThreadID("19:general@thread.v2")
let random = ChatThreadID("19:random@thread.v2")

/// A message at `place` with a text.
func text(
  _ place: Int64, _ text: String, version: Int64? = nil, deleted: Bool = false
) -> ChatMessage {
  ChatMessage(
    id: ChatMessageID(String(place)), sequenceID: 1, version: version ?? place,
    content: .text(text), senderDisplayName: "Ann", sender: ann,
    createdOn: Timestamp(seconds: place / 1000),
    deletedOn: deleted ? Timestamp(seconds: place / 1000 + 1) : nil)
}

/// A thread with a topic.
func thread(_ id: ChatThreadID, topic: String = "General", received: Int64? = nil) -> StoredThread {
  StoredThread(
    thread: ChatThread(
      id: id, topic: topic, lastMessageReceivedOn: received.map(Timestamp.init(seconds:))))
}
