import ArgumentTable
import ServerProgram
import TrustedService

/// Tries the store of users.
enum CheckStore {
  static func finding(_ settings: Settings) async -> Check.Finding {
    do {
      let hold = try settings.store.heldFolder.map { try DataFolderHold($0) }
      defer { hold?.release() }
      try await settings.store.open().check()
      return .init(what: "store", mark: .good, words: settings.store.place)
    } catch let error as ServerProgramError {
      return .init(
        what: "store", mark: .bad, words: error.message,
        remedy: "If the service runs already, all is well; else see who may write there.",
        exitCode: .unavailable)
    } catch {
      let remedy =
        settings.store.heldFolder == nil
        ? "See whether psql gets there with the same address."
        : "Give another --data folder, or restore this one."
      return .init(error, of: "store", remedy: remedy)
    }
  }
}
