import ACSTypes
import ClientModel
import ClientRuntime
import Executor
import Services
import Synchronization
import TestKit
import Testing

/// A Chat that answers from a script and keeps Chat's rules as far as the runner can see them.
private final class ScriptedChat: UnaskedChat {
  let log = Mutex<[String]>([])
  let error: ServiceError?
  /// What is in the thread, and the service's time.
  let sent: (message: ChatMessage, servedOn: Timestamp)?

  init(error: ServiceError? = nil, sent: (message: ChatMessage, servedOn: Timestamp)? = nil) {
    self.error = error
    self.sent = sent
  }

  private func note(_ line: String) throws {
    log.withLock { $0.append(line) }
    if let error { throw error }
  }

  func threads(next: String?) async throws -> Page<ChatThread> {
    try note("threads \(next ?? "-")")
    return Page(values: [ChatThread(id: ChatThreadID("19:a@thread.v2"), topic: "A")])
  }
  func createThread(topic: String, participants: [ChatParticipant], requestID: String) async throws
    -> ChatThread
  {
    try note("create \(topic) \(requestID)")
    return ChatThread(id: ChatThreadID("19:new@thread.v2"), topic: topic)
  }
  func messages(in thread: ChatThreadID, startTime: Timestamp?, next: String?) async throws
    -> Page<ChatMessage>
  {
    try note("messages \(startTime?.iso8601 ?? "-") \(next ?? "-")")
    guard let sent else { return Page(values: []) }
    let isThere = sent.message.createdOn >= startTime ?? .epoch
    return Page(values: isThere ? [sent.message] : [], servedOn: sent.servedOn)
  }
  func send(_ text: String, clientID: String?, senderDisplayName: String, to thread: ChatThreadID)
    async throws -> ChatMessageID
  {
    try note("send \(text) as \(senderDisplayName), \(clientID ?? "-")")
    return ChatMessageID("17")
  }
  func edit(_ message: ChatMessageID, in thread: ChatThreadID, to text: String) async throws {
    try note("edit \(message.rawValue) \(text)")
  }
  func message(_ id: ChatMessageID, in thread: ChatThreadID) async throws -> ChatMessage {
    try note("message \(id.rawValue)")
    return ChatMessage(
      id: id, sequenceID: 1, version: id.place, content: .text("again"), senderDisplayName: "",
      sender: nil, createdOn: Timestamp(milliseconds: id.place))
  }
  func delete(_ message: ChatMessageID, in thread: ChatThreadID) async throws {
    try note("delete \(message.rawValue)")
  }
  func participants(of thread: ChatThreadID) async throws -> [ChatParticipant] {
    try note("participants")
    return []
  }
  func sendReadReceipt(for message: ChatMessageID, in thread: ChatThreadID) async throws {
    try note("receipt \(message.rawValue)")
  }
}

private struct RefusingSignIn: SignIn {
  func renew() async throws -> Session {
    throw ServiceError(.unreachable, "Nobody answers.")
  }
}

/// Waits for as long as it takes to be cancelled, and tells that it was.
private struct EndlessGateway: CallGateway {
  func run(signal: @escaping @Sendable (CallSignal) -> Void) async throws {
    signal(.welcome(version: 1, identity: CommunicationIdentifier(rawID: "8:acs:a_b")))
    let never = AsyncStream<Never> { _ in }
    for await _ in never {}
    throw CancellationError()
  }
  func send(_ command: CallCommand) async throws {}
}

/// Says goodbye when it is cancelled, which takes until the gate opens.
private struct PoliteGateway: CallGateway {
  let goodbye = Gate()

  func run(signal: @escaping @Sendable (CallSignal) -> Void) async throws {
    signal(.welcome(version: 1, identity: CommunicationIdentifier(rawID: "8:acs:a_b")))
    await goodbye.pass()
  }
  func send(_ command: CallCommand) async throws {}
}

@Suite("Running effects")
struct EffectRunnerTests {
  private let thread = ChatThreadID("19:a@thread.v2")

  private func makeRunner(
    _ chat: ScriptedChat, gateway: (any CallGateway)? = nil
  ) -> (EffectRunner, Mailbox, Signal<Int>) {
    let mailbox = Mailbox()
    let posts = Signal(0)
    mailbox.onPost { posts.change { $0 += 1 } }
    let runner = EffectRunner(
      services: ClientServices(
        signIn: RefusingSignIn(), chat: chat, directory: nil, gateway: gateway),
      mailbox: mailbox, clock: ManualClock(), executor: PosixExecutor(threads: 1, name: "test"),
      displayName: "Alice")
    return (runner, mailbox, posts)
  }

  private func result(of action: Effect.Action, _ chat: ScriptedChat = ScriptedChat()) -> [Event] {
    let (runner, mailbox, posts) = makeRunner(chat)
    runner.run(Effect(id: EffectID(1), action: action))
    posts.wait { $0 > 0 ? () : nil }
    return mailbox.drain()
  }

  @Test("each action does its operation and brings its result under its id")
  func actions() {
    let chat = ScriptedChat()
    let start = Timestamp(milliseconds: 1_795_255_200_000)
    let cases: [(Effect.Action, EffectResult, String)] = [
      (
        .listThreads(next: "n"), .threads(Page(values: [ChatThread(id: thread, topic: "A")])),
        "threads n"
      ),
      (.listMessages(thread, .newest), .messages(Page(values: [])), "messages - -"),
      (
        .listMessages(thread, .since(start)), .messages(Page(values: [])),
        "messages 2026-11-21T10:00:00Z -"
      ),
      (
        .listMessages(thread, .older(nextLink: "n")), .messages(Page(values: [])), "messages - n"
      ),
      (
        .send(thread, clientID: "c", text: "hi"), .sent(ChatMessageID("17")),
        "send hi as Alice, c"
      ),
      (.edit(thread, ChatMessageID("5"), clientID: "c", text: "ho"), .done, "edit 5 ho"),
      (.delete(thread, ChatMessageID("5"), clientID: "c"), .done, "delete 5"),
      (.sendReadReceipt(thread, ChatMessageID("5")), .done, "receipt 5"),
      (.listParticipants(thread), .participants([]), "participants"),
    ]
    for (action, expected, line) in cases {
      #expect(result(of: action, chat) == [.finished(EffectID(1), expected)])
      #expect(chat.log.withLock { $0.last } == line)
    }
  }

  @Test(
    "a message whose answer was lost is found, however far the service's clock is from ours",
    arguments: [-86_400, -3600, -10, 0, 3600])
  func findingSent(ahead: Int64) {
    let now = ManualClock().now
    let moment = now + .seconds(ahead) - .seconds(30)
    let message = ChatMessage(
      id: ChatMessageID(String(moment.milliseconds)), sequenceID: 1, version: 1,
      content: .text("hi"), senderDisplayName: "Alice", sender: nil, createdOn: moment,
      metadata: [ChatMessage.clientIDName: "c"])
    let chat = ScriptedChat(sent: (message, now + .seconds(ahead)))
    let since = now - .seconds(40)
    #expect(
      result(of: .findSent(thread, clientID: "c", since: since), chat)
        == [.finished(EffectID(1), .sent(message.id))])
    // What was sent before is not looked at, and nobody looks for ever.
    #expect(
      result(of: .findSent(thread, clientID: "other", since: since), chat)
        == [.finished(EffectID(1), .done)])
    #expect(chat.log.withLock { $0.count } <= 4)
  }

  @Test("a failure comes as a result, with the service's error")
  func failures() {
    let error = ServiceError(.forbidden, "Not allowed.")
    #expect(
      result(of: .listThreads(next: nil), ScriptedChat(error: error))
        == [.finished(EffectID(1), .failed(error))])
    #expect(
      result(of: .renewToken)
        == [.finished(EffectID(1), .failed(ServiceError(.unreachable, "Nobody answers.")))])
  }

  @Test("without a directory or a gateway the result says so")
  func missingServices() {
    for action in [Effect.Action.findPeople("bob"), .openGateway] {
      guard case .finished(_, .failed(let error))? = result(of: action).first else {
        Issue.record("no failure")
        continue
      }
      #expect(error.code == .refused)
    }
  }

  @Test("a cancelled effect ends and posts nothing any more")
  func cancel() {
    let (runner, mailbox, posts) = makeRunner(ScriptedChat(), gateway: EndlessGateway())
    runner.run(Effect(id: EffectID(1), action: .openGateway))
    posts.wait { $0 == 1 ? () : nil }
    runner.run(Effect(id: EffectID(2), action: .cancel(EffectID(1))))
    runner.run(Effect(id: EffectID(3), action: .listThreads(next: nil)))
    posts.wait { $0 == 2 ? () : nil }
    let events = mailbox.drain()
    #expect(events.count == 2)
    #expect(!events.contains { if case .finished(EffectID(1), _) = $0 { true } else { false } })
  }

  @Test("who stops it can wait until all has ended, but for no longer than it likes")
  func farewell() {
    let gateway = PoliteGateway()
    let (runner, mailbox, posts) = makeRunner(ScriptedChat(), gateway: gateway)
    #expect(runner.waitForEnd(upTo: .zero))
    runner.run(Effect(id: EffectID(1), action: .openGateway))
    posts.wait { $0 == 1 ? () : nil }
    runner.stop()
    #expect(!runner.waitForEnd(upTo: .milliseconds(20)))
    gateway.goodbye.open()
    #expect(runner.waitForEnd(upTo: .seconds(10)))
    #expect(mailbox.drain().count == 1)
  }
}
