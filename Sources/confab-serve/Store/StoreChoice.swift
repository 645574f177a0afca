import ACSTypes
import ArgumentTable
import CredentialOptions
import Executor
import Glibc
import PostgresDatabase
import TrustedService

/// Which store of users was asked for.
enum StoreChoice: Sendable {
  /// Nothing outlives the program.
  case memory
  /// A file in this folder, for one instance.
  case folder(String)
  /// A database, for as many instances as there are.
  case postgres(PostgresAddress)

  /// Reads `--store`, `--store-file`, `CONFAB_STORE` and the config file; without a word it is `folder`.
  ///
  /// The environment counts more than `--data`, which may be there for the keys alone: an instance that silently had
  /// a store of its own would give people other identities. `command` is what was typed, for messages.
  init(
    _ arguments: ParsedArguments, configuration: ServeConfiguration?, folder: String?,
    command: String
  ) throws {
    let isNamed = arguments.text("store") != nil || arguments.text("store-file") != nil
    guard let folder else {
      guard !isNamed else {
        throw UsageError("--memory and a store exclude each other", command: command)
      }
      self = .memory
      return
    }
    guard let text = try StoreChoice.address(arguments, configuration, command: command) else {
      self = .folder(folder)
      return
    }
    self = .postgres(try PostgresAddress(text))
  }

  /// Opens the store.
  func open() throws -> any UserStore {
    switch self {
    case .memory: try SQLiteUserStore(path: nil)
    case .folder(let folder): try SQLiteUserStore(path: StoreChoice.file(in: folder))
    case .postgres(let address):
      try PostgresUserStore(address, random: SystemRandom(), timer: SystemTimer())
    }
  }

  /// Opens the store that a service has made, to read it; the service may run.
  func openToRead() throws -> any UserStore {
    guard case .folder(let folder) = self else { return try openExisting() }
    return try SQLiteUserStore(reading: try StoreChoice.existingFile(in: folder))
  }

  /// Opens the store that a service has made, to change it; the service may run.
  func openExisting() throws -> any UserStore {
    if case .folder(let folder) = self { _ = try StoreChoice.existingFile(in: folder) }
    return try open()
  }

  /// The folder that one instance holds; `nil` where several may serve.
  var heldFolder: String? {
    guard case .folder(let folder) = self else { return nil }
    return folder
  }

  /// Where it is, for people.
  var place: String {
    switch self {
    case .memory: "nothing is kept"
    case .folder(let folder): folder
    case .postgres(let address): address.place
    }
  }

  private static func existingFile(in folder: String) throws(CommandError) -> String {
    let path = file(in: folder)
    guard access(path, F_OK) == 0 else {
      throw CommandError(
        .configuration,
        "There are no users in \(folder); say with --data or --store where the service has them.")
    }
    return path
  }

  private static func file(in folder: String) -> String { "\(folder)/users.sqlite" }

  private static func address(
    _ arguments: ParsedArguments, _ configuration: ServeConfiguration?, command: String
  ) throws -> Secret? {
    let argument = arguments.text("store")
    let path = arguments.text("store-file")
    guard argument == nil || path == nil else {
      throw UsageError("--store and --store-file exclude each other", command: command)
    }
    if let argument {
      guard PostgresAddress.isLike(argument) else {
        throw UsageError(
          "--store takes postgres://user@host:port/database; for a file, give its folder by --data",
          command: command)
      }
      guard try PostgresAddress(Secret(argument)).hasPassword == false else {
        throw UsageError(
          "--store holds a password, which everybody on this machine could see in the list of "
            + "processes; set CONFAB_STORE, or name a file with --store-file, or keep the password "
            + "in ~/.pgpass", command: command)
      }
      return Secret(argument)
    }
    if let path { return try SecretFile(path).text }
    if let value = getenv("CONFAB_STORE"), value.pointee != 0 {
      return Secret(String(cString: value))
    }
    guard let configuration else { return nil }
    if let path = configuration.storeFile { return try SecretFile(path).text }
    return try configuration.store.map { text in
      guard try PostgresAddress(Secret(text)).hasPassword == false else {
        throw CommandError(
          .configuration,
          "The config file's store holds a password; name a file of its own with storeFile.")
      }
      return Secret(text)
    }
  }
}
