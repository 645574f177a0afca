import ACSTypes
import ACSWire

/// What is kept of a sign-in from run to run: the refresh token, and for whom looks into the file, what it is for.
struct KeptLogin: Hashable, Sendable {
  let refreshToken: Secret

  init(refreshToken: Secret) {
    self.refreshToken = refreshToken
  }

  /// Reads what ``text(for:now:)`` writes; `nil` for anything else, which counts as no login.
  init?(_ text: Secret) {
    guard let json = try? JSONValue.parse(Array(text.reveal().utf8)),
      let token = json["refreshToken"]?.string, !token.isEmpty
    else { return nil }
    refreshToken = Secret(token)
  }

  func text(for settings: DeviceCodeSettings, now: Timestamp) -> Secret {
    let json: JSONValue = [
      "authority": .string(settings.authority), "tenant": .string(settings.tenant),
      "clientId": .string(settings.clientID), "scope": .string(settings.scope),
      "user": .string(settings.userName), "savedOn": .string(now.iso8601),
      "refreshToken": .string(refreshToken.reveal()),
    ]
    return Secret(json.text)
  }
}
