public import ACSTypes

/// Endpoint and access key of an ACS resource as one text (WIRE 1.1).
public struct ConnectionString: Hashable, Sendable, CustomStringConvertible {
  /// Scheme, host and port, without a trailing slash.
  public let endpoint: String
  /// The key.
  public let accessKey: AccessKey

  /// One from its parts.
  public init(endpoint: String, accessKey: AccessKey) {
    self.endpoint = ServiceEndpoint.origin(endpoint) ?? endpoint
    self.accessKey = accessKey
  }

  /// Reads `endpoint=…;accesskey=…`: names in any case, elements in any order, unknown ones ignored, blanks around
  /// names and values dropped, the endpoint with or without `https://`.
  ///
  /// - Throws: ``ServiceAuthError`` that says which element is wrong and never quotes the key.
  public init(_ text: Secret) throws(ServiceAuthError) {
    var elements: [String: String] = [:]
    for element in text.reveal().split(separator: ";") {
      let element = ConnectionString.stripped(element)
      if element.isEmpty { continue }
      guard let mark = element.firstIndex(of: "="), mark != element.startIndex else {
        throw ConnectionString.error("An element of the connection string is not name=value.")
      }
      let name = ConnectionString.stripped(element[..<mark]).lowercased()
      guard elements[name] == nil else {
        throw ConnectionString.error("The connection string has the element \(name) twice.")
      }
      elements[name] = String(ConnectionString.stripped(element[element.index(after: mark)...]))
    }
    guard let address = elements["endpoint"], !address.isEmpty else {
      throw ConnectionString.error("The connection string has no endpoint.")
    }
    guard let endpoint = ServiceEndpoint.origin(address) else {
      throw ConnectionString.error(
        "The endpoint of the connection string is no https:// or http:// address of a host.")
    }
    guard let key = elements["accesskey"], !key.isEmpty else {
      throw ConnectionString.error("The connection string has no accesskey.")
    }
    self.endpoint = endpoint
    accessKey = try AccessKey(base64: key)
  }

  /// The whole text, key included, in the form in which the portal gives it.
  public var text: Secret {
    Secret("endpoint=\(endpoint)/;accesskey=\(accessKey.base64.reveal())")
  }

  /// The text with the key left out.
  public var description: String { "endpoint=\(endpoint)/;accesskey=<redacted>" }

  private static func error(_ what: String) -> ServiceAuthError {
    ServiceAuthError(
      .badConnectionString, "\(what) It should be endpoint=https://<host>/;accesskey=<Base64>.")
  }

  private static func stripped(_ text: Substring) -> Substring {
    var text = text.drop { $0.isWhitespace }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
