import ClientModel

extension ShownMessage {
  /// As a failure lists it: `Bob: Still there? (sending)`.
  var words: String {
    var marks: [String] = []
    if kind == .deleted { marks.append("deleted") }
    switch mark {
    case .none: break
    case .edited: marks.append("edited")
    case .queued: marks.append("queued")
    case .sending: marks.append("sending")
    case .deleting: marks.append("deleting")
    case .failed: marks.append("failed: \(failure ?? "")")
    }
    if !readers.isEmpty { marks.append("read by \(readers.joined(separator: ", "))") }
    let end = marks.isEmpty ? "" : " (\(marks.joined(separator: "; ")))"
    return (name.isEmpty ? "" : "\(name): ") + "\(quoted(text))\(end)"
  }
}
