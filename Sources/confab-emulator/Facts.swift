import ACSTypes
import ACSWire
import Emulator
import Glibc
import HTTPServing
import ServiceAuth

/// What the emulator tells of itself once it listens.
struct Facts {
  /// All of it, for the ready file.
  let whole: String
  /// The same for standard output, less a key that is a secret.
  let printed: String

  init(_ settings: Settings, _ resource: Resource, _ servers: Servers) {
    let keys = resource.emulator.accessKeys
    let connection = ConnectionString(endpoint: servers.https.origin, accessKey: keys[0])
    let secrets: [(String, JSONValue)] = [
      ("accessKey", .string(keys[0].base64.reveal())),
      ("connectionString", .string(connection.text.reveal())),
      ("secondaryAccessKey", .string(keys[1].base64.reveal())),
      ("clientSecret", .string(resource.entra.clientSecret.reveal())),
      ("userPassword", .string(resource.entra.userPassword.reveal())),
      ("identityHeader", .string(resource.entra.identityHeader.reveal())),
    ]
    let before: [(String, JSONValue)] = [
      ("httpEndpoint", .string(servers.http.origin)),
      ("httpsEndpoint", .string(servers.https.origin)),
    ]
    let after: [(String, JSONValue)] = [
      ("resourceId", .string(resource.emulator.resourceID)),
      ("phoneNumbers", .array(settings.phoneNumbers.map { .string($0) })),
      ("certificate", resource.certificatePath.map { .string($0) } ?? .null),
      ("imdsEndpoint", .string(servers.metadata.origin)),
      ("adminEndpoint", .string(servers.admin.origin)),
      ("authority", .string("\(servers.https.origin)/entra")),
      ("identityEndpoint", .string("\(servers.metadata.origin)/msi/token")),
      ("tenantId", .string(resource.entra.tenantID)),
      ("clientId", .string(resource.entra.clientID)),
      ("principalId", .string(resource.entra.principalID)),
      ("managedIdentityResourceId", .string(resource.entra.managedIdentityID)),
      ("federatedTokenFile", resource.federatedTokenPath.map { .string($0) } ?? .null),
      ("pid", .integer(Int64(getpid()))),
    ]
    whole = Facts.text(before + secrets + after)
    printed = settings.hasRandomKey ? Facts.text(before + after) : whole
  }

  private static func text(_ members: [(String, JSONValue)]) -> String {
    var object = JSONObject()
    for (name, value) in members { object[name] = value }
    return JSONValue.object(object).text
  }
}
