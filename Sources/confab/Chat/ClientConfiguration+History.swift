import ClientModel
import Configuration
import LocalStore
import Services

extension ClientConfiguration {
  /// What this machine keeps of whoever uses this configuration; `nil` when that is nothing.
  var keptHistory: AccountHistory? {
    guard history.isKept else { return nil }
    return AccountHistory(
      folder: HistoryFile.standardFolder, endpoint: endpoint, tokenPlace: tokenPlace,
      userName: tokenService?.user ?? "")
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
