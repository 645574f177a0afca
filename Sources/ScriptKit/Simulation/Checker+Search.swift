import ACSTypes
import ClientModel
import LocalStore

/// Searching at every client, by keys, and holding what is found against what is kept and what the service has.
extension Simulation {
  /// As many as one question brings.
  private static let hits = 50

  func checkSearch(_ client: SimulatedClient, _ view: ServiceView) {
    let kept = keptMessages(client)
    let dice = Dice(seed: plan.seed, "search \(client.name)")
    let texts = kept.compactMap(\.text)
    var questions: [(words: String, thread: ChatThreadID?)] = [
      (client.name, nil), ("topic", client.state?.threads.open),
    ]
    if !texts.isEmpty {
      let text = texts[dice.number(in: 0...(texts.count - 1))]
      let last = text.split(separator: " ").last.map(String.init) ?? text
      questions += [(text, nil), (last, nil), (text, client.state?.threads.open)]
    }
    for (words, thread) in questions where !words.isEmpty {
      guard client.beginSearch(words, isOfThread: thread != nil) else {
        report(.search, client, "nothing can be searched")
        return
      }
      world.advance(by: .seconds(1))
      compareHits(client, words, thread, kept, view)
      client.press("Esc")
    }
  }

  private func compareHits(
    _ client: SimulatedClient, _ words: String, _ thread: ChatThreadID?, _ kept: [KeptMessage],
    _ view: ServiceView
  ) {
    guard let search = client.state?.search, !search.isLoading, search.problem == nil,
      search.thread == thread
    else {
      return report(.search, client, "the search for \"\(words)\" does not end")
    }
    let sought = SearchWords(words)
    let wanted = kept.filter { kept in
      (thread == nil || kept.thread == thread) && kept.text.map(sought.areIn) ?? false
    }
    let found = search.hits.map { "\($0.thread.rawValue) \($0.message.id.rawValue)" }
    let expected = wanted.map { "\($0.thread.rawValue) \($0.message.id.rawValue)" }
    let isWhole = expected.count <= Simulation.hits
    if Set(found).count != found.count || !Set(found).isSubset(of: expected)
      || found.count != min(expected.count, Simulation.hits)
      || (isWhole && Set(found) != Set(expected))
    {
      report(
        .search, client,
        "\"\(words)\" finds \(found.count) of \(expected.count) messages that have it")
    }
    for (before, hit) in zip(search.hits, search.hits.dropFirst())
    where before.message.id.place < hit.message.id.place {
      report(.search, client, "\(hit.message.words) is found after an older one")
    }
    let service = Dictionary(
      view.threads.map { ($0.thread.id, Dictionary($0.messages.map { ($0.id, $0) }) { $1 }) }
    ) { $1 }
    for hit in search.hits {
      guard let messages = service[hit.thread] else { continue }
      guard let message = messages[hit.message.id], message.isSame(as: hit.message) else {
        report(.search, client, "\(hit.message.words) is found, which the service does not have")
        continue
      }
    }
  }

  /// What is on a client's disk, of threads that it knows.
  private func keptMessages(_ client: SimulatedClient) -> [KeptMessage] {
    let store = client.disk.store
    let threads = client.state?.threads.entries.map(\.thread.id) ?? []
    return world.finish(within: .seconds(1)) {
      var all: [KeptMessage] = []
      for thread in threads {
        let messages = (try? await store.messages(in: thread, before: nil, limit: 100_000)) ?? []
        all += messages.map { KeptMessage(thread: thread, message: $0) }
      }
      return all
    } ?? []
  }
}

/// A message on a client's disk.
private struct KeptMessage: Sendable {
  var thread: ChatThreadID
  var message: ChatMessage

  /// What somebody wrote and did not delete.
  var text: String? {
    guard message.deletedOn == nil, case .text(let text) = message.content else { return nil }
    return text
  }
}
