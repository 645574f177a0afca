import ACSTypes

extension Conversation {
  /// Who has read up to the message at a place and no further, by that place; whoever wrote after it is left out.
  ///
  /// - Complexity: O(messages after the last one that somebody has not read beyond).
  func lastReaders(besides me: CommunicationIdentifier?) -> [Int64: [CommunicationIdentifier]] {
    var pending = receipts.filter { $0.key != me }.mapValues(\.messageID.place)
    guard var lowest = pending.values.min() else { return [:] }
    for index in messages.indices.reversed() {
      let place = messages.place(at: index)
      guard place > lowest else { break }
      guard let sender = messages.sender(at: index), let read = pending[sender], read < place
      else { continue }
      pending[sender] = nil
      lowest = pending.values.min() ?? .max
    }
    var result: [Int64: [CommunicationIdentifier]] = [:]
    for (person, place) in pending { result[place, default: []].append(person) }
    return result
  }

  /// The first message that came after the person left off; `nil` when nothing did.
  var firstNewIndex: Int? {
    guard let leftOff else { return nil }
    var low = 0
    var high = messages.count
    while low < high {
      let middle = (low + high) / 2
      if messages[middle].createdOn <= leftOff { low = middle + 1 } else { high = middle }
    }
    return low < messages.count ? low : nil
  }
}

extension ChatAttachment {
  /// What the conversation shows of it: `[file] report.pdf`.
  var line: String {
    let word =
      switch kind {
      case .image: "image"
      case .file: "file"
      case .unknown: "attachment"
      }
    guard let name, !name.isEmpty else { return "[\(word)]" }
    return "[\(word)] \(name)"
  }
}
