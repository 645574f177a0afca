import Glibc

/// The variables of this process, or those that a test gives.
struct Environment: Sendable {
  private let read: @Sendable (String) -> String?

  /// This process's.
  static let process = Environment { name in
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }

  init(_ read: @escaping @Sendable (String) -> String?) {
    self.read = read
  }

  /// These and no others.
  init(_ values: [String: String]) {
    self.init { name in values[name].flatMap { $0.isEmpty ? nil : $0 } }
  }

  /// A variable's value; `nil` when it is not set or empty.
  subscript(name: String) -> String? { read(name) }
}
