import ACSClient
import ACSTypes
import ArgumentTable
import Executor
import LocalStore

/// Prints messages and news, naming people on the way.
struct MessageTeller: Sendable {
  private let output: ChatOutput
  private let workplace: ChatWorkplace
  private var names: ChatNames
  private var text: MessageText

  init(_ workplace: ChatWorkplace, showsIDs: Bool? = nil) {
    self.workplace = workplace
    output = workplace.output
    names = ChatNames(DirectoryNames(workplace.directory, clock: workplace.clock)) {
      // Names are no reason to fail: of a history that cannot be read there are none.
      let history = try? await ChatHistory.ofUser(workplace, isMade: false)
      return (try? await history?.store.load(firstThreads: 0).contacts) ?? [:]
    }
    text = MessageText(showsIDs: showsIDs ?? workplace.arguments.flag("ids"))
  }

  /// Messages of a thread, as they are listed.
  mutating func tell(_ messages: [ChatMessage], in thread: ChatThreadID) async {
    // JSON tells the names of senders only.
    let named = output.isJSON ? messages.filter { $0.sender != nil } : messages
    await names.meet(named, in: thread, chat: workplace.chat)
    var senders: [String?] = []
    for message in messages {
      let name = await names.sender(of: message, in: thread, chat: workplace.chat)
      if !output.isJSON, let name { text.make(roomFor: name) }
      senders.append(name)
    }
    for (message, name) in zip(messages, senders) {
      if output.isJSON {
        output.say(ChatJSON.message(message, in: thread, name: name))
      } else {
        let event = await names.event(message, in: thread, chat: workplace.chat)
        output.say(text.lines(message, name: name, event: event))
      }
    }
  }

  /// Something that happened; `place` names the thread where several are told.
  mutating func tell(_ news: ChatNews, place: String = "") async {
    let chat = workplace.chat
    let name: String?
    var event: String?
    var shown: ChatMessage?
    switch news {
    case .received(let thread, let message), .edited(let thread, let message),
      .deleted(let thread, let message):
      await names.meet([message], in: thread, chat: chat)
      name = await names.sender(of: message, in: thread, chat: chat)
      event = await names.event(message, in: thread, chat: chat)
      shown = message
      if case .edited = news { event = event ?? "\(name ?? "Somebody") edited \(mark(message))" }
      if case .deleted = news { event = "\(name ?? "Somebody") deleted \(mark(message))" }
    case .typing(let thread, let notice):
      name = await names.name(
        of: notice.sender, said: notice.displayName, in: thread, chat: chat)
    case .read(let thread, let receipt):
      name = await names.name(of: receipt.sender, in: thread, chat: chat)
    case .threadCreated, .threadDeleted, .threadLeft: name = nil
    }
    if output.isJSON {
      output.say(ChatJSON.news(news, name: name))
    } else if let shown {
      output.say(text.lines(shown, name: name, event: event, place: place))
    } else if let words = words(news) {
      let time = MessageText.time(workplace.clock.now)
      output.say(["\(time)  \(MessageText.cell(SafeText.line(place), 20))  * \(words)"])
    }
  }

  /// The message and what it says now.
  private func mark(_ message: ChatMessage) -> String {
    let time = MessageText.time(message.createdOn)
    guard message.deletedOn == nil, let text = message.plainText else {
      return "the message of \(time)"
    }
    return "the message of \(time): \(text)"
  }

  /// What a thread did; people who type or read are told to programs only.
  private func words(_ news: ChatNews) -> String? {
    switch news {
    case .threadCreated(let thread): "you are in the thread \(SafeText.line(thread.topic))"
    case .threadDeleted: "the thread was deleted"
    case .threadLeft: "you are in the thread no longer"
    default: nil
    }
  }
}
