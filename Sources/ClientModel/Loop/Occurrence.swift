public import ACSTypes
public import KeyInput

/// An event with the time and the random number that it brings along; the reducer has no other source of either.
public struct Occurrence: Hashable, Sendable {
  /// When it happened; never earlier than the one before it.
  public var now: Timestamp
  /// A uniform random number, fresh for each occurrence.
  public var entropy: UInt64
  /// What happened.
  public var event: Event

  /// An occurrence.
  public init(now: Timestamp, entropy: UInt64, event: Event) {
    self.now = now
    self.entropy = entropy
    self.event = event
  }
}

/// What can happen to the client, as past tense facts.
public enum Event: Hashable, Sendable, Codable {
  /// The program started; the first event of all.
  case started
  /// Time passed; sent when the deadline that the loop was given is reached.
  case clockAdvanced
  /// The terminal has this size now.
  case resized(Viewport)
  /// A key was pressed.
  case keyPressed(KeyPress)
  /// Text was pasted; it may hold line feeds.
  case pasted(String)
  /// The mouse was used; `target` names what the last frame shows there.
  case mouseUsed(MouseInput, target: String?)
  /// The terminal window got or lost the focus.
  case focusChanged(isFocused: Bool)
  /// A step of the token flow began or ended.
  case tokenFlowed(TokenFlowStep)
  /// Somebody has to sign in by a browser; `nil` when that is over.
  case signInPrompted(SignInPrompt?)
  /// The call gateway told something.
  case signalled(CallSignal)
  /// The service told something of the chats.
  case chatSignalled(ChatEventSignal)
  /// What is kept was read before the first frame; `first` has messages of the thread that it shows.
  case historyRead(StoredHistory, first: StoredMessages?)
  /// What is kept cannot be read or written, and why; the client goes on without.
  case historyFailed(String)
  /// What happens is no longer recorded, for the reason given.
  case recordingEnded(ServiceError)
  /// An effect ended.
  case finished(EffectID, EffectResult)
}

/// How an effect ended.
public enum EffectResult: Hashable, Sendable, Codable {
  /// It was done and there is nothing to tell.
  case done
  /// A token came.
  case session(Session)
  /// A page of the thread list came.
  case threads(Page<ChatThread>)
  /// A thread was created, or its properties came.
  case thread(ChatThread)
  /// A page of messages came.
  case messages(Page<ChatMessage>)
  /// The message was taken by the service under this id.
  case sent(ChatMessageID)
  /// The participants came.
  case participants([ChatParticipant])
  /// The receipts came.
  case receipts([ChatMessageReadReceipt])
  /// People were found.
  case people([Person])
  /// What is kept was read, messages aside.
  case history(StoredHistory)
  /// Kept messages were read.
  case stored(StoredMessages)
  /// Messages were found, newest first.
  case hits([HistoryHit])
  /// It failed.
  case failed(ServiceError)
}
