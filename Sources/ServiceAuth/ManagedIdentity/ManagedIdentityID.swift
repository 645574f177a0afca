import ACSTypes

/// Which of the identities of a machine or an app is meant.
public enum ManagedIdentityID: Hashable, Sendable {
  /// The one that belongs to it alone, or its only one.
  case systemAssigned
  /// The user-assigned one with this client id (application id).
  case clientID(String)
  /// The user-assigned one with this object id (principal id).
  case objectID(String)
  /// The user-assigned one with this Azure resource id.
  case resourceID(String)

  /// The parameter of a query that names it, an ampersand before; empty for the system-assigned one.
  ///
  /// `resourceName` is what the endpoint calls a resource id; IMDS and App Service differ.
  func query(resourceName: String) -> String {
    switch self {
    case .systemAssigned: ""
    case .clientID(let id): "&client_id=\(id.percentEncoded)"
    case .objectID(let id): "&object_id=\(id.percentEncoded)"
    case .resourceID(let id): "&\(resourceName)=\(id.percentEncoded)"
    }
  }
}
