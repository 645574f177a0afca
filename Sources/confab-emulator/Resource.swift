import ACSTypes
import ArgumentTable
import Emulator
import Executor
import ServerProgram
import ServiceAuth

/// The emulated resource: its store, its access key and its certificate.
final class Resource {
  /// The access key of every emulator that has no key of its own; 64 bytes of plain words, and no secret.
  static let developmentKey = Secret(
    "Q29uZmFiIGVtdWxhdG9yLCBkZXZlbG9wbWVudCBhY2Nlc3Mga2V5OiBubyBzZWNyZXQsIHRoZSBzYW1lIGFsbC4=")

  let emulator: Emulator
  let accessKey: AccessKey
  let authority: CertificateAuthority
  /// Where the authority's certificate is for clients to trust; `nil` when it is kept nowhere.
  let certificatePath: String?
  private let folder: Held?

  init(_ settings: Settings) throws {
    let random = SystemRandom()
    let now = SystemClock().now
    switch settings.keeping {
    case .all(let path):
      folder = try Held(DataFolder(path))
      authority = try .kept(in: path, now: now, random: random)
      certificatePath = "\(path)/ca.pem"
      accessKey = try Resource.key(settings, keptIn: path, random)
      emulator = try Emulator(
        path: "\(path)/emulator.sqlite", accessKeys: [accessKey], random: random)
    case .authority(let path):
      folder = nil
      authority = try .kept(in: path, now: now, random: random)
      certificatePath = "\(path)/ca.pem"
      accessKey = try Resource.key(settings, keptIn: nil, random)
      emulator = try Emulator(path: nil, accessKeys: [accessKey], random: random)
    case .nothing:
      folder = nil
      authority = try .inMemory(now: now, random: random)
      certificatePath = nil
      accessKey = try Resource.key(settings, keptIn: nil, random)
      emulator = try Emulator(path: nil, accessKeys: [accessKey], random: random)
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

  private static func key(
    _ settings: Settings, keptIn folder: String?, _ random: SystemRandom
  ) throws -> AccessKey {
    guard settings.hasRandomKey else { return try AccessKey(base64: developmentKey.reveal()) }
    guard let folder else { return AccessKey(random: random) }
    let files = try PrivateFolder(folder)
    if let kept = try files.read("access-key") {
      return try AccessKey(base64: kept.split(separator: "\n").first.map(String.init) ?? "")
    }
    let key = AccessKey(random: random)
    try files.write("\(key.base64.reveal())\n", to: "access-key")
    return key
  }
}

/// Keeps a folder taken for as long as somebody refers to it.
private final class Held {
  private let folder: DataFolder

  init(_ folder: consuming DataFolder) {
    self.folder = folder
  }
}
