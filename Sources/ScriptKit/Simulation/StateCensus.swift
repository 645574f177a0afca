import ACSTypes
import ClientModel

/// How much of everything a client has in memory: each collection within its state, by the path to it.
///
/// It looks at what the state is made of, so that nothing that grows is forgotten: a collection nobody thought of has a
/// path that ``MemoryBounds`` does not know.
struct StateCensus {
  /// The greatest count of each collection; the elements of a collection have the path `name[]`.
  private(set) var counts: [String: Int] = [:]

  /// Counts what `state` holds.
  init(_ state: ClientState) {
    walk(state, "")
  }

  private mutating func walk(_ value: Any, _ path: String) {
    if Self.isWhole(value) { return }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional:
      for child in mirror.children { walk(child.value, path) }
    case .collection, .set:
      note(mirror.children.count, path)
      for child in mirror.children {
        // They are all of one kind.
        if Self.isWhole(child.value) { return }
        walk(child.value, "\(path)[]")
      }
    case .dictionary:
      note(mirror.children.count, path)
      for child in mirror.children {
        guard let pair = child.value as? (key: AnyHashable, value: Any) else {
          for part in Mirror(reflecting: child.value).children.dropFirst() {
            walk(part.value, "\(path)[]")
          }
          continue
        }
        walk(pair.value, "\(path)[]")
      }
    default:
      for child in mirror.children {
        guard let label = child.label, !label.hasPrefix(".") else {
          walk(child.value, path)
          continue
        }
        walk(child.value, path.isEmpty ? label : "\(path).\(label)")
      }
    }
  }

  private mutating func note(_ count: Int, _ path: String) {
    counts[path] = max(counts[path] ?? 0, count)
  }

  /// True for what does not grow, or only by what the service or a person puts into one thing.
  private static func isWhole(_ value: Any) -> Bool {
    switch value {
    case is any BinaryInteger, is any BinaryFloatingPoint, is String, is Bool, is Character,
      is Timestamp, is Duration, is ChatMessage, is ChatThread, is HistoryChange, is HistoryHit,
      is CommunicationIdentifier, is ChatParticipant, is ChatThreadID, is ChatMessageID, is KeyMap,
      is ClientSettings, is PollingCadence, is OutboxRecord, is TokenFlowStep, is EffectID,
      is ChatMessageReadReceipt:
      true
    default: "\(type(of: value))" == "PackedMessage"
    }
  }
}
