import ACSTypes
import ACSWire

extension Core {
  /// Answers the metadata service, with which Azure gives programs on its machines their managed identity (WIRE 1.3).
  mutating func answerMetadata(_ request: HTTPRequest, now: Timestamp) -> HTTPResponse {
    let exchange = Exchange(request, now: now)
    let isAppService = request.path == Core.appServicePath
    do {
      do {
        guard isAppService || request.path == Core.instanceMetadataPath else {
          throw MetadataRefusal(
            404, "not_found",
            "The emulator's metadata service has \(Core.instanceMetadataPath), as IMDS, and "
              + "\(Core.appServicePath), as App Service.")
        }
        guard request.method == "GET" else {
          throw MetadataRefusal(405, "invalid_request", "Method not allowed: use GET.")
        }
        return try isAppService ? appServiceToken(exchange) : instanceMetadataToken(exchange)
      } catch let refusal as EntraRefusal {
        throw MetadataRefusal(
          refusal.status, refusal.error, "AADSTS\(refusal.number): \(refusal.words)")
      }
    } catch {
      let refusal = error as? MetadataRefusal ?? MetadataRefusal(500, "unknown", "\(error)")
      return refusal.response(asAppService: isAppService)
    }
  }

  /// The managed identity's token for the resource that is asked for.
  mutating func managedIdentityToken(_ exchange: Exchange) throws -> ManagedIdentityToken {
    guard let asked = exchange.query["resource"], !asked.isEmpty else {
      throw MetadataRefusal.missing("resource")
    }
    let resource = try EntraScope.checked(asked)
    let token = try entraToken(for: .managedIdentity, resource: resource, now: exchange.now)
    let expiry = exchange.now.seconds + Core.managedIdentityLifetime
    return ManagedIdentityToken(
      members: [
        ("access_token", .string(token.reveal())), ("client_id", .string(entra.settings.clientID)),
        ("expires_on", .string(String(expiry))), ("resource", .string(resource)),
        ("token_type", "Bearer"),
      ])
  }

  /// Refuses api-versions that are absent, malformed or older than `oldest`.
  func checkMetadataVersion(_ exchange: Exchange, oldest: String) throws(MetadataRefusal) {
    guard let version = exchange.query["api-version"], !version.isEmpty else {
      throw .missing("api-version")
    }
    guard Timestamp(iso8601: "\(version)T00:00:00Z") != nil, version >= oldest else {
      throw MetadataRefusal(
        400, "bad_request_102",
        "Requested API version is not supported: \(version). Use \(oldest) or a newer one.")
    }
  }

  /// True when every parameter that may name an identity is absent or has the id given beside it.
  func isManagedIdentity(_ query: Query, _ names: KeyValuePairs<String, String>) -> Bool {
    names.allSatisfy { name, id in
      query[name].map { $0.lowercased() == id.lowercased() } ?? true
    }
  }
}

/// A managed identity's token with what is told of it, numbers as texts.
struct ManagedIdentityToken {
  var members: [(String, JSONValue)]

  var response: HTTPResponse { .uncached(.object(JSONObject(members))) }
}

/// A request to the metadata service that is answered with an error.
struct MetadataRefusal: Error {
  let status: Int
  let error: String
  let words: String

  init(_ status: Int, _ error: String, _ words: String) {
    self.status = status
    self.error = error
    self.words = words
  }

  /// A parameter is missing.
  static func missing(_ name: String) -> MetadataRefusal {
    MetadataRefusal(400, "invalid_request", "Required query variable '\(name)' is missing")
  }

  /// The error in the form of IMDS or of App Service.
  func response(asAppService: Bool) -> HTTPResponse {
    let body: JSONValue =
      asAppService
      ? ["statusCode": .integer(Int64(status)), "message": .string(words)]
      : ["error": .string(error), "error_description": .string(words)]
    var response = HTTPResponse.uncached(body, status: status)
    response.headers["X-Confab-Why"] = headerText(words)
    return response
  }
}
