/// What a token is asked for: what may be done at one resource, and what is told of the person.
struct EntraScope {
  /// Stands in the token as its audience: `https://communication.azure.com/`, `api://…` or a GUID.
  let resource: String
  /// What may be done there; `.default` for all that was granted before.
  let permissions: [String]
  /// `openid`, `profile`, `email`, `offline_access`.
  let openID: [String]
  /// The words as they were asked for.
  let text: String

  private static let openIDWords = ["openid", "profile", "email", "offline_access"]
  private static let graph = "00000003-0000-0000-c000-000000000000"

  /// Reads words separated by blanks, each a resource, a slash and a permission.
  ///
  /// - Throws: ``EntraRefusal`` for none, for more than one resource, and for what names none.
  init(_ text: String) throws(EntraRefusal) {
    let words = text.split(separator: " ").map(String.init)
    guard !words.isEmpty else { throw .missing("scope") }
    var resources: [String] = []
    var permissions: [String] = []
    for word in words where !EntraScope.openIDWords.contains(word) {
      // A resource may end with a slash of its own: `https://communication.azure.com//.default`.
      let slash = word.lastIndex(of: "/")
      let resource = slash.map { String(word[..<$0]) } ?? EntraScope.graph
      permissions.append(String(word[(slash.map(word.index(after:)) ?? word.startIndex)...]))
      if !resources.contains(resource) { resources.append(resource) }
    }
    guard resources.count <= 1 else {
      throw EntraRefusal(
        400, "invalid_scope", 28000,
        "The scope '\(text)' names more than one resource; ask for one token each.")
    }
    resource = try EntraScope.checked(resources.first ?? EntraScope.graph)
    self.permissions = permissions
    openID = words.filter(EntraScope.openIDWords.contains)
    self.text = words.joined(separator: " ")
  }

  /// The resource, when it can be one.
  ///
  /// - Throws: ``EntraRefusal`` when it is neither an address nor a GUID.
  static func checked(_ resource: String) throws(EntraRefusal) -> String {
    let isAddress =
      resource.firstRange(of: "://").map { $0.lowerBound > resource.startIndex } ?? false
    guard isAddress || resource.isGUID, resource.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
      throw EntraRefusal(
        400, "invalid_resource", 500_011,
        "The resource principal named \(resource) was not found in the tenant. Azure Communication "
          + "Services is https://communication.azure.com.")
    }
    return resource
  }
}
