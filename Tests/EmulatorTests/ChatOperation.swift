import ACSTypes
import ACSWire
import Testing

@testable import Emulator

/// An operation of Chat by its name, for tables over all of them.
enum ChatOperation: CaseIterable {
  case createThread, listThreads, getThread, updateThread, deleteThread
  case sendMessage, listMessages, getMessage, updateMessage, deleteMessage
  case listParticipants, addParticipants, removeParticipant
  case listReceipts, sendReceipt, sendTyping

  /// Those that are about one thread.
  static let ofThread = allCases.filter { $0 != .createThread && $0 != .listThreads }

  /// Which scopes it takes; `voip` alone never suffices.
  var scopes: [TokenScope] {
    switch self {
    case .createThread, .updateThread, .deleteThread: [.chat]
    case .addParticipants, .removeParticipant: [.chat, .chatJoin]
    default: [.chat, .chatJoin, .chatJoinLimited]
    }
  }

  /// The status of its success.
  var success: Int {
    switch self {
    case .createThread, .sendMessage, .addParticipants: 201
    case .updateThread, .deleteThread, .updateMessage, .deleteMessage, .removeParticipant: 204
    default: 200
    }
  }

  /// A request for it, which succeeds for the sender of `message`.
  func request(
    _ bench: Bench, in thread: ChatThreadID, message: ChatMessageID, person: User,
    version: String = "2024-03-07"
  ) -> HTTPRequest {
    let base = "/chat/threads/\(thread.rawValue)"
    let one = "\(base)/messages/\(message.rawValue)"
    let identifier: JSONValue = ["communicationUser": ["id": .string(person.id.rawID)]]
    let people: JSONValue = ["participants": [["communicationIdentifier": identifier]]]
    func ask(_ method: String, _ path: String, _ body: JSONValue? = nil) -> HTTPRequest {
      bench.request(method, path, body, version: version)
    }
    return switch self {
    case .createThread: ask("POST", "/chat/threads", ["topic": "New"])
    case .listThreads: ask("GET", "/chat/threads")
    case .getThread: ask("GET", base)
    case .updateThread: ask("PATCH", base, ["topic": "Newer"])
    case .deleteThread: ask("DELETE", base)
    case .sendMessage: ask("POST", "\(base)/messages", ["content": "Ahoy"])
    case .listMessages: ask("GET", "\(base)/messages")
    case .getMessage: ask("GET", one)
    case .updateMessage: ask("PATCH", one, ["content": "Ahoy!"])
    case .deleteMessage: ask("DELETE", one)
    case .listParticipants: ask("GET", "\(base)/participants")
    case .addParticipants: ask("POST", "\(base)/participants/:add", people)
    case .removeParticipant: ask("POST", "\(base)/participants/:remove", identifier)
    case .listReceipts: ask("GET", "\(base)/readReceipts")
    case .sendReceipt:
      ask("POST", "\(base)/readReceipts", ["chatMessageId": .string(message.rawValue)])
    case .sendTyping: ask("POST", "\(base)/typing", ["senderDisplayName": "A"])
    }
  }
}
