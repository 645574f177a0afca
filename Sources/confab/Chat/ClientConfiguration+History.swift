import ClientModel
import Configuration
import LocalStore
import Services

extension ClientConfiguration {
  /// What is kept of whoever uses this configuration; `nil` when that is nothing.
  var keptHistory: AccountHistory? {
    switch history.place {
    case .disk:
      AccountHistory(
        folder: HistoryFile.standardFolder, endpoint: endpoint, tokenPlace: tokenPlace,
        userName: tokenService?.user ?? "")
    case .memory: AccountHistory()
    case .nowhere: nil
    }
  }
}

extension AccountHistory {
  /// What the first frame is painted from, as an event; `nil` when nothing is kept yet.
  func beforeFirstFrame(rows: Int) -> Event? {
    do throws(StoreError) {
      // A screen has no more threads and messages than rows.
      return try firstScreen(threads: max(rows, 24), messages: max(rows, 24)).map {
        .historyRead($0.history, first: $0.first)
      }
    } catch {
      return .historyFailed(error.message)
    }
  }
}
