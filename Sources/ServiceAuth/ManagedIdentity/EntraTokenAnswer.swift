import ACSTypes
import ACSWire

extension EntraToken {
  /// Reads the answer of IMDS, App Service, Entra or the Azure CLI; numbers may stand in strings (WIRE 1.3).
  ///
  /// The remaining life counts more than the moment of expiry, for it does not depend on whose clock is right.
  ///
  /// - Returns: `nil` when there is no token, or no word of when it expires.
  init?(answer body: [UInt8], now: Timestamp) {
    guard let json = try? JSONValue.parse(body),
      let text = (json["access_token"] ?? json["accessToken"])?.string, !text.isEmpty
    else { return nil }
    func seconds(_ name: String) -> Int64? {
      // Up to the year 9999, so that no sum overflows.
      json[name].flatMap { $0.integer ?? $0.string.flatMap { Int64($0) } }
        .flatMap { (0...253_402_300_799).contains($0) ? $0 : nil }
    }
    let expiresOn: Timestamp
    if let life = seconds("expires_in") {
      expiresOn = now + .seconds(life)
    } else if let moment = seconds("expires_on") {
      expiresOn = Timestamp(seconds: moment)
    } else if let moment = (try? JSONWebToken(Secret(text)))?.expiresOn {
      // An old Azure CLI tells the end in local time only; the token knows it, too.
      expiresOn = moment
    } else {
      return nil
    }
    let refresh = seconds("refresh_in").map { now + .seconds($0) }
    self.init(
      token: Secret(text), expiresOn: expiresOn,
      refreshOn: refresh.flatMap { $0 < expiresOn ? $0 : nil })
  }
}

/// What an endpoint of Entra says about a failure, fit for people.
struct EntraRefusal {
  /// One or two sentences.
  let words: String

  /// Reads `{"error","error_description"}` or `{"error":{"code","message"}}`; secrets that the answer repeats are left out.
  init(_ response: HTTPResponse, hiding secrets: [Secret] = []) {
    let json = try? JSONValue.parse(response.body)
    let code = json?["error"]?.string ?? json?["error"]?["code"]?.string
    let description =
      json?["error_description"]?.string ?? json?["error"]?["message"]?.string
      ?? json?["message"]?.string
    // Entra adds lines with a trace id and the time.
    let line = description?.split(whereSeparator: \.isNewline).first
      .map { String($0).replacing(" Trace ID:", with: "\n").prefix { $0 != "\n" } }
    var words = [
      line.map { String($0.prefix(400)) },
      "[\(response.status)\(code.map { " \($0.prefix(60))" } ?? "")]",
    ]
    .compactMap { $0 }.joined(separator: " ")
    for secret in secrets where !secret.reveal().isEmpty {
      words = words.replacing(secret.reveal(), with: "<redacted>")
    }
    self.words = words
  }
}
