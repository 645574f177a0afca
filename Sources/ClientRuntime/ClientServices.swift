public import Services

/// The world as the effect runner sees it.
public struct ClientServices: Sendable {
  /// Brings tokens.
  public let signIn: any SignIn
  /// Chat.
  public let chat: any ChatService
  /// Finds people by name; `nil` when none is configured.
  public let directory: (any Directory)?
  /// Events of the chats as they happen; `nil` for none.
  public let events: (any ChatEventChannel)?
  /// What is kept on this machine; `nil` for nothing.
  public let history: (any HistoryStore)?
  /// Calls; `nil` when no gateway is configured.
  public let gateway: (any CallGateway)?

  /// The services of one signed-in user.
  public init(
    signIn: any SignIn, chat: any ChatService, directory: (any Directory)?,
    events: (any ChatEventChannel)? = nil, history: (any HistoryStore)? = nil,
    gateway: (any CallGateway)?
  ) {
    self.signIn = signIn
    self.chat = chat
    self.directory = directory
    self.events = events
    self.history = history
    self.gateway = gateway
  }
}
