public import ACSTypes
import ACSWire
import ServiceAuth

extension Emulator {
  /// Makes what a seed tells, now and again after each reset; what is there already stays as it is.
  ///
  /// - Throws: An error that says what could not be made; nothing was then.
  public func plant(_ seed: Seed, now: Timestamp) throws {
    try withCore(now: now) { core, now in
      Result {
        try core.plant(seed, now: now)
        core.seed = seed
      }
    }.get()
  }
}

extension Core {
  /// Makes the people and threads of a seed that are not there.
  ///
  /// Their ids follow from the seed, so that they are the same at each start over the same resource.
  mutating func plant(_ seed: Seed, now: Timestamp) throws {
    try store.transaction {
      var ids: [String: String] = [:]
      for person in seed.people {
        ids[person.name] = try store.makePerson(
          person.name, displayName: person.displayName, bot: person.bot,
          id: "8:acs:\(resource.id)_\(IDSource.identitySuffix(naming: person.name))", now: now)
      }
      for (place, thread) in seed.threads.enumerated() {
        try plant(thread, seed.people, place: place, ids: ids, now: now)
      }
    }
    bots.scripts = try store.bots()
  }

  private func plant(
    _ thread: Seed.Thread, _ people: [Seed.Person], place: Int, ids: [String: String],
    now: Timestamp
  ) throws {
    let name = "\(resource.id) \(place) \(thread.topic)"
    let id = "19:\(Digest.sha256(Array(name.utf8)).base64URL.prefix(42))1@thread.v2"
    guard try store.thread(id) == nil, let creator = ids[thread.participants[0]] else { return }
    let names = Dictionary(people.map { ($0.name, $0.displayName) }) { first, _ in first }
    let start = now - (thread.history.first?.ago ?? .zero) - .seconds(1)
    try store.insertThread(id: id, topic: thread.topic, createdBy: creator, now: start)
    let rows = thread.participants.map {
      ParticipantRow(identity: ids[$0] ?? "", displayName: names[$0])
    }
    for row in rows { try store.insertParticipant(row, in: id) }
    try insertSystemMessage(.participantAdded(rows, by: creator), in: id, now: start)
    try insertSystemMessage(.topicUpdated(thread.topic, by: creator), in: id, now: start)
    for line in thread.history {
      let moment = now - line.ago
      let kept = try store.insertMessage(
        MessageRow(
          id: 0, type: line.type, version: 0, content: line.content, sender: ids[line.from],
          displayName: names[line.from]), in: id, now: moment)
      try store.touchThread(id, messageOn: Timestamp(milliseconds: kept.id), now: moment)
      for reader in line.readBy {
        try store.insertReceipt(kept.id, of: ids[reader] ?? "", in: id, now: moment)
      }
    }
  }
}
