public import ACSTypes
public import Services
import Synchronization

/// Secrets in memory: variables, files and a store, with the store's every change.
public final class ScriptedSecrets: LocalSecretReader, SecretStore {
  private struct State {
    var environment: [String: String] = [:]
    var files: [String: String] = [:]
    var kept: [String: String] = [:]
    var isReadOnly = false
    var changes: [String] = []
  }

  private let state: Mutex<State>

  /// What is there at first.
  public init(environment: [String: String] = [:], files: [String: String] = [:]) {
    state = Mutex(State(environment: environment, files: files))
  }

  /// What was written and removed, in order, each as `write NAME` or `remove NAME`.
  public var changes: [String] { state.withLock { $0.changes } }

  /// All that is kept, by name.
  public var kept: [String: String] { state.withLock { $0.kept } }

  /// Puts something into the store without a change being noted, as another program would.
  public func put(_ text: String?, as name: String) {
    state.withLock { $0.kept[name] = text }
  }

  /// Exchanges a variable.
  public func set(_ name: String, to value: String?) {
    state.withLock { $0.environment[name] = value }
  }

  /// From now on nothing can be kept.
  public func makeReadOnly() {
    state.withLock { $0.isReadOnly = true }
  }

  /// A variable.
  public func environment(_ name: String) -> Secret? {
    state.withLock { $0.environment[name] }.map { Secret($0) }
  }

  /// A file.
  public func file(_ path: String) throws -> Secret {
    guard let text = state.withLock({ $0.files[path] }) else {
      throw ServiceError(.badSettings, "The file \(path) is not there; it should hold a secret.")
    }
    return Secret(text)
  }

  /// What is kept.
  public func read(_ name: String) throws -> Secret? {
    state.withLock { $0.kept[name] }.map { Secret($0) }
  }

  /// Keeps it.
  public func write(_ secret: Secret, as name: String) throws {
    try state.withLock { state in
      guard !state.isReadOnly else {
        throw ServiceError(.badSettings, "The file /state/\(name) cannot be written: read-only.")
      }
      state.changes.append("write \(name)")
      state.kept[name] = secret.reveal()
    }
  }

  /// Forgets it.
  public func remove(_ name: String) throws -> Bool {
    state.withLock { state in
      state.changes.append("remove \(name)")
      return state.kept.removeValue(forKey: name) != nil
    }
  }

  /// A path that is shown.
  public func place(of name: String) -> String { "/state/\(name)" }
}

/// Remembers what somebody was asked to do in a browser.
public final class PromptRecorder: SignInPrompter {
  private let list = Mutex<[SignInPrompt?]>([])

  /// A recorder of nothing yet.
  public init() {}

  /// Every prompt, and `nil` for each end of one.
  public var prompts: [SignInPrompt?] { list.withLock { $0 } }

  /// Keeps it.
  public func show(_ prompt: SignInPrompt?) {
    list.withLock { $0.append(prompt) }
  }
}
