public import ACSTypes

/// Tells whether a request was signed with one of a resource's keys (WIRE 1.2).
public struct HMACVerifier: Sendable {
  private let keys: [AccessKey]
  private let window: Duration

  /// Accepts signatures of any of the keys.
  ///
  /// - Parameters:
  ///   - keys: The primary key and, where there is one, the secondary.
  ///   - window: How far the date may lie in the past or the future. The service's own limit is not documented.
  public init(keys: [AccessKey], window: Duration = .seconds(300)) {
    self.keys = keys
    self.window = window
  }

  /// Checks a request as it arrived: raw target, `Host` header or origin, body.
  ///
  /// The target is also tried with `%3A` as `:`, which some clients sign; `x-ms-host` stands in for the host where a
  /// proxy changed it.
  ///
  /// - Throws: ``HMACRefusal`` with the first thing that is wrong.
  public func verify(_ request: HTTPRequest, now: Timestamp) throws(HMACRefusal) {
    let authorization = try Authorization(request.headers["Authorization"])
    let dateName = authorization.signs("x-ms-date") ? "x-ms-date" : "date"
    guard let dateText = request.headers[dateName] else {
      throw .missingHeader(dateName == "date" ? "Date" : dateName)
    }
    guard let date = Timestamp(httpDate: dateText) else { throw .badDate(dateText) }
    let difference = now - date
    guard difference <= window, difference >= .zero - window else { throw .clockOff(difference) }
    guard let hash = request.headers["x-ms-content-sha256"] else {
      throw .missingHeader("x-ms-content-sha256")
    }
    let actual = Digest.contentHash(request.body)
    guard Digest.areEqual(Array(hash.utf8), Array(actual.utf8)) else {
      throw .contentHashDiffers(actual: actual)
    }
    try check(authorization, of: request)
  }

  private func check(
    _ authorization: Authorization, of request: HTTPRequest
  ) throws(HMACRefusal) {
    let host = request.headers["Host"] ?? String(request.host)
    let hosts = [host] + [request.headers["x-ms-host"]].compactMap { $0 }
    let hasEscapes = request.target.utf8.contains(0x25)
    let targets = [request.target] + (hasEscapes ? [request.target.decodingColons] : [])
    for host in hosts {
      for target in targets {
        let text = authorization.text(of: request, target: target, host: host)
        for key in keys where Digest.areEqual(key.signature(of: text), authorization.signature) {
          return
        }
      }
    }
    throw .signatureDiffers(
      stringToSign: authorization.text(of: request, target: request.target, host: host))
  }
}

/// The `Authorization` header of a signed request.
private struct Authorization {
  let signedHeaders: [String]
  let signature: [UInt8]

  init(_ text: String?) throws(HMACRefusal) {
    guard let text, !text.isEmpty else { throw .missingHeader("Authorization") }
    let parts = text.split(separator: " ", maxSplits: 1)
    guard let scheme = parts.first, scheme.lowercased() == "hmac-sha256" else {
      throw .otherScheme(String((parts.first ?? "").prefix(20)))
    }
    var values: [Substring: Substring] = [:]
    for pair in (parts.count == 2 ? parts[1] : "").split(separator: "&") {
      guard let mark = pair.firstIndex(of: "=") else { throw .malformedAuthorization }
      values[pair[..<mark]] = pair[pair.index(after: mark)...]
    }
    guard let names = values["SignedHeaders"],
      let signature = values["Signature"].flatMap({ [UInt8](base64: $0) })
    else { throw .malformedAuthorization }
    signedHeaders = names.split(separator: ";").map { $0.lowercased() }
    self.signature = signature
    let isDated = signs("x-ms-date") || signs("date")
    guard isDated, signs("host"), signs("x-ms-content-sha256") else {
      throw .malformedAuthorization
    }
  }

  func signs(_ name: String) -> Bool { signedHeaders.contains(name) }

  /// What the sender signed, had the request this target and host.
  func text(of request: HTTPRequest, target: String, host: String) -> String {
    let values = signedHeaders.map { $0 == "host" ? host : request.headers[$0] ?? "" }
    return "\(request.method)\n\(target)\n\(values.joined(separator: ";"))"
  }
}

extension String {
  /// The text with `%3A` as `:`.
  fileprivate var decodingColons: String {
    replacing("%3A", with: ":").replacing("%3a", with: ":")
  }
}
