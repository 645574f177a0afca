import ClientModel

extension Effect {
  /// What a trace tells of it: no texts, which would make it long, and nothing whose order is by chance.
  var traceLine: String { "effect \(id.rawValue) \(caseName(of: action))" }
}

extension Event {
  /// What a trace tells of it; `nil` for what is not worth a line.
  var traceLine: String? {
    switch self {
    case .finished(let id, let result): "end \(id.rawValue) \(caseName(of: result))"
    case .keyPressed(let press): "key \(press)"
    case .tokenFlowed: nil
    default: caseName(of: self)
    }
  }
}

/// The name of an enum's case without what it carries.
private func caseName(of value: Any) -> String {
  Mirror(reflecting: value).children.first?.label ?? "\(value)"
}
