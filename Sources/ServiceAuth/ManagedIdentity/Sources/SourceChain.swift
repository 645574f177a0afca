import Synchronization

/// Sources that are tried in their order until one has an identity; that one is kept to.
///
/// A source that is not set up here is passed over. One that is set up and refused ends the search, for another one would
/// be another identity than the one that was meant.
public final class SourceChain: EntraTokenSource {
  private let sources: [any EntraTokenSource]
  private let chosen = Mutex<Int?>(nil)

  /// A chain of `sources`.
  public init(_ sources: [any EntraTokenSource]) {
    self.sources = sources
  }

  /// The chosen source's name, once there is one.
  public var name: String {
    chosen.withLock { $0 }.map { sources[$0].name } ?? "the default chain"
  }

  /// Tries the sources; the error tells each one that was tried, and why it failed.
  public func token() async throws(ServiceAuthError) -> EntraToken {
    if let index = chosen.withLock({ $0 }) { return try await sources[index].token() }
    var failures: [String] = []
    for (index, source) in sources.enumerated() {
      do throws(ServiceAuthError) {
        let token = try await source.token()
        chosen.withLock { $0 = index }
        return token
      } catch {
        guard error.code != .cancelled else { throw error }
        failures.append("  \(source.name): \(error.message)")
        guard error.code == .missingCredential || error.code == .noIdentity else {
          throw ServiceAuthError(error.code, SourceChain.words(failures, isOver: false))
        }
      }
    }
    throw ServiceAuthError(.noIdentity, SourceChain.words(failures, isOver: true))
  }

  private static func words(_ failures: [String], isOver: Bool) -> String {
    let list = failures.joined(separator: "\n")
    return isOver
      ? "No managed identity was found. Tried in this order:\n\(list)\n"
        + "Set one of them up, or use an access key."
      : "The managed identity that is set up gave no token. Tried in this order:\n\(list)\n"
        + "Mend the last one; those behind it were not tried."
  }
}
