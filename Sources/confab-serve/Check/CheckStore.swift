import ArgumentTable
import ServerProgram
import TrustedService

/// Tries the store of users.
enum CheckStore {
  static func finding(_ settings: Settings) async -> Check.Finding {
    guard let folder = settings.folder else {
      return .init(what: "store", mark: .good, words: "nothing is kept")
    }
    do {
      let hold = try DataFolderHold(folder)
      defer { hold.release() }
      _ = try SQLiteUserStore(path: "\(folder)/users.sqlite")
      return .init(what: "store", mark: .good, words: folder)
    } catch let error as ServerProgramError {
      return .init(
        what: "store", mark: .bad, words: error.message,
        remedy: "If the service runs already, all is well; else see who may write there.",
        exitCode: .unavailable)
    } catch {
      return .init(error, of: "store", remedy: "Give another --data folder, or restore this one.")
    }
  }
}
