import ACSTypes
import Testing

@testable import ClientModel

/// A service with long threads and a disk, as the model sees them: pages with links, and what was saved.
final class KeptWorld {
  /// What the service has, oldest first.
  private(set) var service: [ChatThreadID: [ChatMessage]] = [:]
  /// What is on the disk, by place.
  private(set) var disk: [ChatThreadID: [Int64: ChatMessage]] = [:]
  private(set) var stored: [ChatThreadID: StoredThread] = [:]
  private(set) var contacts: [CommunicationIdentifier: String] = [:]
  private(set) var isListRead = false
  private(set) var drafts: [ChatThreadID: String] = [:]
  /// How many messages a page of the service has.
  var pageSize = 200
  /// What the next search finds.
  var hits: [HistoryHit] = []
  /// True while the page after the first one of the list is never answered.
  var isListHeld = false
  /// False while nothing reaches the service.
  var isReachable = true

  /// A message that the service has taken.
  func post(_ message: ChatMessage, in id: ChatThreadID) {
    service[id, default: []].append(message)
  }

  /// A message of the service becomes another version of it.
  func edit(_ index: Int, in id: ChatThreadID, version: Int64) -> ChatMessage? {
    service[id]?[index].content = .text("edited")
    service[id]?[index].version = version
    return service[id]?[index]
  }

  /// A message of the service is deleted.
  func delete(_ index: Int, in id: ChatThreadID, version: Int64) {
    service[id]?[index].deletedOn = .start
    service[id]?[index].version = version
  }

  /// What is answered to `action`; `nil` for what stays open.
  func answer(_ action: Effect.Action) -> EffectResult? {
    switch action {
    case .listThreads where isReachable, .listMessages where isReachable,
      .readMessage where isReachable:
      onService(action)
    case .listThreads, .listMessages, .readMessage,
      .listParticipants where !isReachable:
      .failed(ServiceError(.unreachable, "No network."))
    case .save(let changes): save(changes)
    case .loadMessages(let id, let query): .stored(load(id, query))
    case .loadHistory: .history(history)
    case .search: .hits(hits)
    default: FlowTester.healthy(action)
    }
  }

  /// All that an earlier run kept, messages aside.
  var history: StoredHistory {
    var threads = Array(stored.values)
    for index in threads.indices {
      threads[index].draft = drafts[threads[index].thread.id] ?? threads[index].draft
    }
    return StoredHistory(
      threads: threads, contacts: contacts, isListRead: isListRead, account: .alice)
  }

  private func onService(_ action: Effect.Action) -> EffectResult? {
    switch action {
    case .listThreads(.some): return nil
    case .listThreads:
      let ids = service.keys.sorted { $0.rawValue > $1.rawValue }
      return .threads(
        Page(
          values: ids.map { id in
            ChatThread(
              id: id, topic: id.rawValue,
              lastMessageReceivedOn: (service[id]?.last?.createdOn).map {
                Timestamp(seconds: $0.seconds)
              })
          }, nextLink: isListHeld ? "more" : nil))
    case .listMessages(let id, .newest): return page(of: id, before: .max, from: .min)
    case .listMessages(let id, .since(let start)):
      return page(of: id, before: .max, from: start.milliseconds)
    case .listMessages(let id, .more(let link, _)), .listMessages(let id, .older(let link)):
      let parts = link.split(separator: " ").compactMap { Int64($0) }
      return page(of: id, before: parts[0], from: parts[1])
    case .readMessage(let id, let message):
      return .messages(Page(values: (service[id] ?? []).filter { $0.id == message }))
    default: return nil
    }
  }

  private func page(of id: ChatThreadID, before place: Int64, from start: Int64) -> EffectResult {
    let all = (service[id] ?? []).filter { $0.id.place < place && $0.id.place >= start }
    let values = all.suffix(pageSize)
    let link = all.count > pageSize ? values.first.map { "\($0.id.place) \(start)" } : nil
    return .messages(Page(values: values.reversed(), nextLink: link))
  }

  private func save(_ changes: [HistoryChange]) -> EffectResult {
    for change in changes {
      switch change {
      case .messages(let id, let messages):
        for message in messages {
          let known = disk[id]?[message.id.place]
          if known.map({ $0.revision < message.revision }) ?? true {
            disk[id, default: [:]][message.id.place] = message
          }
        }
      case .thread(let thread):
        stored[thread.thread.id] = thread
        drafts[thread.thread.id] = nil
      case .draft(let id, let text): drafts[id] = text
      case .contact(let person, let name): contacts[person] = name.isEmpty ? nil : name
      case .listRead: isListRead = true
      default: break
      }
    }
    return .done
  }

  private func load(_ id: ChatThreadID, _ query: StoredQuery) -> StoredMessages {
    let places = (disk[id] ?? [:]).keys.sorted()
    let limit = StoredQuery.limit
    func stored(_ range: ArraySlice<Int64>, isFirst: Bool, isLast: Bool) -> StoredMessages {
      StoredMessages(
        thread: id, messages: range.compactMap { disk[id]?[$0] }, isFirst: isFirst, isLast: isLast)
    }
    switch query {
    case .newest:
      let found = places.suffix(limit)
      return stored(found, isFirst: found.count < limit, isLast: true)
    case .before(let place):
      let found = places.prefix { $0 < place }.suffix(limit)
      return stored(found, isFirst: found.count < limit, isLast: false)
    case .after(let place):
      let found = places.drop { $0 <= place }.prefix(limit)
      return stored(found, isFirst: false, isLast: found.count < limit)
    case .around(let place):
      let older = places.prefix { $0 < place }.suffix(limit)
      let newer = places.drop { $0 < place }.prefix(limit + 1)
      return stored(
        ArraySlice(older + newer), isFirst: older.count < limit, isLast: newer.count < limit + 1)
    }
  }
}

extension KeptWorld {
  /// A client that keeps what it reads on this world's disk, signed in, with nothing under way.
  func client(wantsEvents: Bool = false, size: Viewport = Viewport(columns: 80, rows: 24))
    -> FlowTester
  {
    var state = ClientState.sample(hasGateway: false)
    state.settings.keepsHistory = true
    state.settings.wantsEvents = wantsEvents
    state.resize(to: size)
    let now = service.values.compactMap { $0.last?.createdOn }.max() ?? .start
    let tester = FlowTester(state, now: now + .seconds(1))
    tester.step(.historyRead(history, first: nil))
    tester.step(.started)
    tester.answer(answer)
    if wantsEvents { tester.step(.chatSignalled(.connected)) }
    tester.answer(answer)
    return tester
  }

  /// Posts `count` messages a second apart, the last one a second before the start unless `first` says otherwise.
  func fill(_ id: ChatThreadID, count: Int, from first: Int64? = nil) {
    let start = first ?? -Int64(count) * 1000
    for number in 0..<Int64(count) { post(message(start + number * 1000, "m\(number)"), in: id) }
  }
}

extension FlowTester {
  /// The places of the messages of a thread that are in memory, as distances from the start.
  func places(of id: ChatThreadID = .release) -> [Int64] {
    state.conversations[id]?.messages.map { $0.id.place - Timestamp.start.milliseconds } ?? []
  }

  /// Fails when a message that the world's disk has is missing between two in memory, where no gap is shown.
  @discardableResult
  func expectNoHole(
    in world: KeptWorld, _ comment: @autoclosure () -> String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> Bool {
    for (id, conversation) in state.conversations where conversation.messages.count > 1 {
      let places = conversation.messages.map(\.id.place)
      let kept = (world.disk[id] ?? [:]).keys.filter { $0 > places[0] }.sorted()
      let known = Set(places)
      guard
        let missing = kept.first(where: { place in
          guard !known.contains(place), place < places[places.count - 1] else { return false }
          return !conversation.coverage.gaps.contains { $0.after < place && place < $0.before }
        })
      else { continue }
      Issue.record(
        "\(missing - Timestamp.start.milliseconds) is missing in \(id.rawValue) \(comment())",
        sourceLocation: sourceLocation)
      return false
    }
    return true
  }
}
