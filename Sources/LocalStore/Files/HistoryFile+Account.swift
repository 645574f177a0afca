public import ACSTypes
import Glibc

extension HistoryFile {
  /// The file of whoever used a configuration last; `nil` when nobody did, or nothing of theirs is kept.
  ///
  /// The note beside the files is the one that the client on the terminal writes, too.
  ///
  /// - Parameters:
  ///   - folder: As ``standardFolder``.
  ///   - endpoint: The service's, as it is configured.
  ///   - tokenPlace: Where the user's tokens come from.
  ///   - userName: The name by which tokens are asked for; empty when there is none.
  /// - Returns: A file that exists.
  public static func ofLastUser(
    folder: String, endpoint: String, tokenPlace: String, userName: String
  ) -> HistoryFile? {
    let note = note(folder: folder, endpoint, tokenPlace, userName)
    guard let user = note.read() else { return nil }
    let file = HistoryFile(folder: folder, endpoint: endpoint, user: user)
    return file.exists ? file : nil
  }

  /// Notes who uses a configuration, to be found by ``ofLastUser(folder:endpoint:tokenPlace:userName:)``.
  ///
  /// What cannot be written is left: it only has to be asked for again then.
  public static func noteUser(
    _ user: CommunicationIdentifier, folder: String, endpoint: String, tokenPlace: String,
    userName: String
  ) {
    let note = note(folder: folder, endpoint, tokenPlace, userName)
    guard note.read() != user else { return }
    try? note.write(user)
  }

  /// Whether something has been kept in it.
  public var exists: Bool { access(path, F_OK) == 0 }

  private static func note(
    folder: String, _ endpoint: String, _ tokenPlace: String, _ userName: String
  ) -> AccountNote {
    let name = Fingerprint(of: "\(endpoint.lowercased())\u{0}\(tokenPlace)\u{0}\(userName)").text
    return AccountNote(path: "\(folder)/\(name).account")
  }
}
