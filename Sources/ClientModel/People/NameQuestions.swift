import ACSTypes

/// People about whom the trusted service's directory is to be asked: neither an event nor a roster names them.
struct NameQuestions: Hashable, Sendable {
  struct Question: Hashable, Sendable {
    var person: CommunicationIdentifier
    /// Where they were seen; its roster may name them meanwhile.
    var thread: ChatThreadID
  }

  /// About so many is asked at once.
  static let batch = 20
  /// So many people are remembered as asked about; after that all are forgotten, who is seen again is asked about again.
  private static let limit = 5000

  /// Those not yet asked about, in the order in which they were seen.
  private var waiting: [Question] = []
  /// Those who wait or were asked about in this run, found or not.
  private var met: Set<CommunicationIdentifier> = []
  /// When the next may be asked about; `nil` while nobody waits.
  var dueOn: Timestamp?
  /// Why the directory did not answer.
  var problem: Problem?
  /// True when there is none that can be asked.
  private(set) var isOff = false

  var isEmpty: Bool { waiting.isEmpty }

  /// Adds somebody; false when they were met before.
  mutating func add(_ question: Question) -> Bool {
    guard !isOff, !met.contains(question.person) else { return false }
    if met.count >= NameQuestions.limit {
      met = []
      waiting = []
    }
    met.insert(question.person)
    waiting.append(question)
    return true
  }

  /// Takes those to be asked about next of whom `isNamed` is not true.
  mutating func take(isNamed: (Question) -> Bool) -> [Question] {
    var taken: [Question] = []
    var count = 0
    for question in waiting where taken.count < NameQuestions.batch {
      count += 1
      if !isNamed(question) { taken.append(question) }
    }
    waiting.removeFirst(count)
    return taken
  }

  /// The directory could not be reached: they are asked about again.
  mutating func putBack(_ people: [CommunicationIdentifier], in thread: ChatThreadID) {
    waiting.insert(contentsOf: people.map { Question(person: $0, thread: thread) }, at: 0)
  }

  /// Nobody is asked about in this run any more.
  mutating func close() {
    isOff = true
    waiting = []
    met = []
    dueOn = nil
  }
}

extension ClientState {
  /// Whoever is nameless now may be named by the roster that is on its way.
  private static let nameDelay = Duration.seconds(1)

  /// Somebody is seen in a thread, and nothing that came along names them.
  mutating func meetNameless(_ person: CommunicationIdentifier?, in id: ChatThreadID) {
    guard let person, person.kind == .communicationUser, person != me,
      directoryNames[person] == nil,
      questions.add(NameQuestions.Question(person: person, thread: id))
    else { return }
    questions.dueOn = questions.dueOn ?? now + ClientState.nameDelay
  }

  /// People of a roster or an event.
  mutating func meetNameless(of people: [ChatParticipant], in id: ChatThreadID) {
    for person in people where person.displayName?.isEmpty ?? true {
      meetNameless(person.identifier, in: id)
    }
  }

  /// Who wrote kept messages or did what they tell.
  mutating func meetNameless(in stored: StoredMessages) {
    for message in stored.messages { meetNameless(in: message, of: stored.thread) }
  }

  /// Who wrote a message or did what it tells.
  mutating func meetNameless(in message: ChatMessage, of id: ChatThreadID) {
    message.eachNameless { meetNameless($0, in: id) }
  }

  mutating func namesClock(_ turn: inout Turn) {
    guard let due = namesDeadline, due <= turn.now else { return }
    if let free = connection.paces.free(.directory, at: turn.now) {
      questions.dueOn = free
      return
    }
    let asked = questions.take { question in
      directoryNames[question.person] != nil
        || conversations[question.thread]?.participants
          .contains { $0.identifier == question.person && !($0.displayName ?? "").isEmpty }
          ?? false
    }
    questions.dueOn = questions.isEmpty ? nil : turn.now
    guard let thread = asked.first?.thread else { return }
    connection.paces.note(.directory, at: turn.now)
    turn.ask(.namePeople(asked.map(\.person), seenIn: thread), in: &self)
  }

  /// When the directory is asked next; `nil` while it is being asked, nobody is signed in or nothing is to be asked.
  var namesDeadline: Timestamp? {
    guard let due = questions.dueOn, session.isUsable(at: now),
      !ledger.contains(where: { if case .namePeople = $0 { true } else { false } })
    else { return nil }
    return due
  }

  /// The directory was asked; that it knows somebody not, or cannot be asked, is nothing to tell.
  mutating func namesFinished(
    _ asked: [CommunicationIdentifier], seenIn id: ChatThreadID, _ result: EffectResult,
    _ turn: inout Turn
  ) {
    switch result {
    case .people(let found):
      questions.problem = nil
      // One that does not know this question may answer another.
      let named = found.filter { asked.contains($0.identifier) }
      noteNames(of: named)
      for person in named { noteContact(person.identifier, name: person.displayName) }
    case .failed(let error) where error.mayPass:
      connection.paces.note(error, of: .directory, at: turn.now)
      let attempts = (questions.problem?.attempts ?? 0) + 1
      questions.problem = Problem(error, attempts: attempts, isSlow: true, in: &turn)
      questions.putBack(asked, in: id)
      questions.dueOn = questions.problem?.retryOn
    case .failed: questions.close()
    default: break
    }
  }
}

extension ServiceError {
  fileprivate var mayPass: Bool {
    switch code {
    case .unreachable, .timedOut, .serviceFailed, .throttled, .cancelled, .unauthenticated,
      .authFailed:
      true
    default: false
    }
  }
}
