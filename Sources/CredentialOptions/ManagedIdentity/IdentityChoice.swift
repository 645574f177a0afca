import ArgumentTable
import ServiceAuth

/// Which managed identity was asked for, on the command line.
struct IdentityChoice: Equatable, Sendable {
  /// Where its tokens come from.
  var source = IdentitySource.chain
  /// Which one it is, where the command line says so.
  var id: ManagedIdentityID?
  /// The tenant of an application.
  var tenant: String?
  /// The file with an application's secret.
  var secretFile: String?

  init(
    source: IdentitySource = .chain, id: ManagedIdentityID? = nil, tenant: String? = nil,
    secretFile: String? = nil
  ) {
    self.source = source
    self.id = id
    self.tenant = tenant
    self.secretFile = secretFile
  }

  /// Reads the options.
  ///
  /// - Returns: `nil` when no managed identity is asked for.
  /// - Throws: `ServiceAuthError` with code `.conflictingOptions`.
  init?(_ arguments: ParsedArguments) throws(ServiceAuthError) {
    let ids = ["client-id", "object-id", "resource-id"].filter { arguments.flag($0) }
    let source = arguments.text("identity-source").flatMap(IdentitySource.init)
    guard source != nil || arguments.flag("managed-identity") else {
      if let needless = (ids + ["tenant-id", "client-secret-file"]).first(where: arguments.flag) {
        throw ServiceAuthError(
          .conflictingOptions,
          "--\(needless) is part of a managed identity; add --managed-identity.")
      }
      return nil
    }
    guard ids.count < 2 else {
      throw ServiceAuthError(
        .conflictingOptions, "--\(ids[0]) and --\(ids[1]) both name an identity; give one of them.")
    }
    let text = ids.first.flatMap { arguments.text($0) } ?? ""
    switch ids.first {
    case "client-id": id = .clientID(text)
    case "object-id": id = .objectID(text)
    case "resource-id": id = .resourceID(text)
    default: id = nil
    }
    self.source = source ?? .chain
    tenant = arguments.text("tenant-id")
    secretFile = arguments.text("client-secret-file")
    guard self.source == .chain || Self.can(self.source, give: id) else {
      throw ServiceAuthError(
        .conflictingOptions,
        "--identity-source \(self.source.rawValue) knows no --\(ids[0]); leave one of them out.")
    }
  }

  /// Whether tokens of `id` can come from `source`; one that cannot is left out of the chain, for it would give another
  /// identity's.
  static func can(_ source: IdentitySource, give id: ManagedIdentityID?) -> Bool {
    switch id {
    case nil, .systemAssigned: true
    case .clientID: source.knowsClientID
    case .objectID, .resourceID: source.knowsEveryID
    }
  }
}
