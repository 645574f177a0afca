import ACSTypes
import ACSWire

extension Core {
  /// What a person types: no vowels, and nothing that looks like something else.
  private static let codeLetters = Array("BCDFGHJKLMNPQRSTVWXZ23456789")
  /// How long applications wait between polls.
  private static let interval = Duration.seconds(5)
  /// The same where codes approve themselves, and nobody has to be waited for.
  private static let shortInterval = Duration.seconds(1)

  /// `POST /entra/{tenant}/oauth2/v2.0/devicecode`: begins a sign-in (RFC 8628, 3.1).
  mutating func startDeviceCode(_ exchange: Exchange) throws -> HTTPResponse {
    let form = try EntraForm(exchange.request)
    let clientID = try publicClient(form)
    let scope = try EntraScope(try form.value("scope"))
    let interval = entra.settings.approvesDeviceCodes ? Core.shortInterval : Core.interval
    let code = DeviceCode(
      deviceCode: ids.base64URL(characters: 64),
      userCode: ids.code(characters: 9, of: Core.codeLetters), clientID: clientID,
      scope: scope.text, expiresOn: exchange.now + DeviceCodeTable.lifetime, interval: interval)
    entra.deviceCodes.add(code, now: exchange.now)
    let page = "\(exchange.request.origin)/entra/device"
    return .uncached([
      "user_code": .string(code.userCode), "device_code": .string(code.deviceCode),
      "verification_uri": .string(page),
      "expires_in": .integer(DeviceCodeTable.lifetime.components.seconds),
      "interval": .integer(interval.components.seconds),
      "message": .string(
        "To sign in, use a web browser to open the page \(page) and enter the code "
          + "\(code.userCode) to authenticate."),
    ])
  }

  /// `GET /entra/device`: where people are sent with their code.
  func devicePage() -> HTTPResponse {
    let words =
      entra.settings.approvesDeviceCodes
      ? "This emulator approves every device code by itself; there is nothing to do here.\n"
        + "To sign in as somebody:  confab emulator approve CODE --user NAME\n"
      : "Approve the code at the prompt:  confab emulator approve CODE --user NAME\n"
        + "or refuse it:                    confab emulator approve CODE --deny\n"
    return HTTPResponse(
      status: 200, headers: ["Content-Type": "text/plain; charset=utf-8"], body: Array(words.utf8))
  }

  /// The application of a person's sign-in: it has no secret to prove itself, so any GUID is one.
  func publicClient(_ form: EntraForm) throws(EntraRefusal) -> String {
    let id = try form.value("client_id")
    guard id.isGUID else {
      throw EntraRefusal(
        400, "unauthorized_client", 700_016,
        "Application with identifier '\(id)' was not found in the directory; it should be a GUID.")
    }
    return id.lowercased()
  }
}
