import ACSTypes
import ArgumentTable
import Emulator
import Executor
import ServerProgram
import ServiceAuth

/// The emulated resource: its store, its access key, its Entra tenant and its certificate.
final class Resource {
  let emulator: Emulator
  let entra: EntraSettings
  /// Where a token is by which a workload proves itself; `nil` when nothing is kept.
  let federatedTokenPath: String?
  let authority: CertificateAuthority
  /// Where the authority's certificate is for clients to trust; `nil` when it is kept nowhere.
  let certificatePath: String?
  private let folder: Held?

  init(_ settings: Settings) throws {
    let random = SystemRandom()
    let now = SystemClock().now
    let (data, store) = (settings.keeping.folder, settings.keeping.storeFolder)
    folder = try store.map { Held(try DataFolder($0)) }
    authority =
      if let data {
        try .kept(in: data, now: now, random: random)
      } else {
        try .inMemory(now: now, random: random)
      }
    certificatePath = data.map { "\($0)/ca.pem" }
    let secrets = DevelopmentSecrets(settings, keptIn: store, random: random)
    entra = try secrets.entra()
    let emulator = try Emulator(
      path: store.map { "\($0)/emulator.sqlite" }, accessKeys: try secrets.accessKeys(),
      entra: entra,
      rules: settings.rules, random: random)
    self.emulator = emulator
    // The folder may be another emulator's, too; that is no matter where any token is taken.
    federatedTokenPath = try (settings.hasRandomKey ? store : data).map { path in
      let files = try PrivateFolder(path)
      try files.write(try emulator.federatedToken(now: now).reveal(), to: "federated-token")
      return files.path("federated-token")
    }
    if let path = settings.seedFile {
      try emulator.plant(try SeedFile(path).seed, now: SystemClock().now)
    }
    for url in settings.webhooks {
      do {
        try emulator.subscribe(to: url)
      } catch {
        throw UsageError(
          "--event-grid needs an http or https address, not '\(url)'", command: "confab emulator")
      }
    }
  }
}

/// Keeps a folder taken for as long as somebody refers to it.
private final class Held {
  private let folder: DataFolder

  init(_ folder: consuming DataFolder) {
    self.folder = folder
  }
}
