/// Where a managed identity's tokens come from, as `--identity-source` names it.
enum IdentitySource: String, CaseIterable, Sendable {
  /// All of the others, tried in the order of ``links``.
  case chain = "default"
  /// The metadata server of a virtual machine.
  case metadata = "imds"
  /// The endpoint of App Service, Functions and Container Apps.
  case appService = "app-service"
  /// A token of the workload's own, in a file.
  case workload
  /// A registered application's secret.
  case clientSecret = "client-secret"
  /// The Azure CLI's account.
  case azureCLI = "cli"

  /// The order in which the default chain tries them: as the public SDKs do.
  static let links: [IdentitySource] = [
    .clientSecret, .workload, .appService, .metadata, .azureCLI,
  ]

  /// Whether it can give the tokens of an identity that is named by an object id or a resource id.
  var knowsEveryID: Bool { self == .appService || self == .metadata }

  /// Whether it can give the tokens of an identity that is named at all.
  var knowsClientID: Bool { self != .azureCLI }
}
