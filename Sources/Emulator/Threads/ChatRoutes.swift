extension Router {
  /// The operations of Chat (WIRE 4.1).
  static var chatRoutes: [Route] {
    let thread = "/chat/threads/{}"
    let message = "\(thread)/messages/{}"
    return [
      Route(
        "POST", "/chat/threads",
        .chat(.manageThreads, .createThread) { core, exchange, caller, _ in
          try core.createThread(exchange, by: caller)
        }),
      Route(
        "GET", "/chat/threads",
        .chat(.takePart, .readThreads) { core, exchange, caller, _ in
          try core.listThreads(exchange, of: caller)
        }),
      Route(
        "GET", thread, .chat(.takePart, .readThreads) { try $0.thread($1, for: $2, id: $3[0]) }),
      Route(
        "PATCH", thread,
        .chat(.manageThreads, .updateThread) { try $0.updateThread($1, by: $2, id: $3[0]) }),
      Route(
        "DELETE", thread,
        .chat(.manageThreads, .deleteThread) { try $0.deleteThread($1, by: $2, id: $3[0]) }),
      Route(
        "POST", "\(thread)/messages",
        .chat(.takePart, .changeMessages) { try $0.sendMessage($1, by: $2, to: $3[0]) }
      ),
      Route(
        "GET", "\(thread)/messages",
        .chat(.takePart, .listMessages) { try $0.listMessages($1, for: $2, in: $3[0]) }),
      Route(
        "GET", message,
        .chat(.takePart, .readMessage) { try $0.message($1, for: $2, in: $3[0], id: $3[1]) }),
      Route(
        "PATCH", message,
        .chat(.takePart, .changeMessages) { try $0.updateMessage($1, by: $2, in: $3[0], id: $3[1]) }
      ),
      Route(
        "DELETE", message,
        .chat(.takePart, .changeMessages) { try $0.deleteMessage($1, by: $2, in: $3[0], id: $3[1]) }
      ),
      Route(
        "GET", "\(thread)/participants",
        .chat(.takePart, .listParticipants) { try $0.listParticipants($1, for: $2, of: $3[0]) }),
      Route(
        "POST", "\(thread)/participants/:add",
        .chat(.manageParticipants, .changeParticipants) {
          try $0.addParticipants($1, by: $2, to: $3[0])
        }),
      Route(
        "POST", "\(thread)/participants/:remove",
        .chat(.manageParticipants, .changeParticipants) {
          try $0.removeParticipant($1, by: $2, from: $3[0])
        }),
      Route(
        "GET", "\(thread)/readReceipts",
        .chat(.takePart, .listReceipts) { try $0.listReadReceipts($1, for: $2, in: $3[0]) }),
      Route(
        "POST", "\(thread)/readReceipts",
        .chat(.takePart, .sendReceipt) { try $0.sendReadReceipt($1, by: $2, in: $3[0]) }),
      Route(
        "POST", "\(thread)/typing",
        .chat(.takePart, .sendTyping) { try $0.sendTyping($1, by: $2, in: $3[0]) }),
    ]
  }
}
