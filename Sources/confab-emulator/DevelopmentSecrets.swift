import ACSTypes
import Emulator
import Executor
import ServiceAuth

/// The emulator's secrets: the same plain words on every machine, so that what was pasted into an app stays good; or,
/// with `--random-key`, random ones that are kept with the data.
struct DevelopmentSecrets {
  /// The access key of every emulator that has no key of its own; 64 bytes of plain words, and no secret.
  private static let developmentKey = Secret(
    "Q29uZmFiIGVtdWxhdG9yLCBkZXZlbG9wbWVudCBhY2Nlc3Mga2V5OiBubyBzZWNyZXQsIHRoZSBzYW1lIGFsbC4=")

  private static let secondaryDevelopmentKey = Secret(
    "Q29uZmFiIGVtdWxhdG9yLCBzZWNvbmRhcnkgZGV2ZWxvcG1lbnQga2V5OiBubyBzZWNyZXQgZWl0aGVyLiAgICA=")

  private let isRandom: Bool
  private let approvesDeviceCodes: Bool
  private let folder: String?
  private let random: SystemRandom

  init(_ settings: Settings, keptIn folder: String?, random: SystemRandom) {
    isRandom = settings.hasRandomKey
    approvesDeviceCodes = settings.approvesDeviceCodes
    self.folder = folder
    self.random = random
  }

  /// The resource's keys: the primary and the secondary one.
  func accessKeys() throws -> [AccessKey] {
    guard isRandom else {
      return try [DevelopmentSecrets.developmentKey, DevelopmentSecrets.secondaryDevelopmentKey]
        .map { try AccessKey(base64: $0.reveal()) }
    }
    return [try kept("access-key"), try kept("secondary-access-key")]
  }

  /// What the Entra tenant has; with secrets of its own it also trusts nobody else's tokens.
  func entra() throws -> EntraSettings {
    var settings = EntraSettings()
    settings.approvesDeviceCodes = approvesDeviceCodes
    guard isRandom else { return settings }
    settings.clientSecret = try kept("client-secret").base64
    settings.userPassword = try kept("user-password").base64
    settings.identityHeader = try kept("identity-header").base64
    settings.takesForeignAssertions = false
    return settings
  }

  /// The random secret in a file of the data, made when absent.
  private func kept(_ name: String) throws -> AccessKey {
    guard let folder else { return AccessKey(random: random) }
    let files = try PrivateFolder(folder)
    if let kept = try files.read(name) {
      return try AccessKey(base64: kept.split(separator: "\n").first.map(String.init) ?? "")
    }
    let key = AccessKey(random: random)
    try files.write("\(key.base64.reveal())\n", to: name)
    return key
  }
}
