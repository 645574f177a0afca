import ACSTypes
import Emulator

extension FuzzTarget {
  /// Forms and assertions that come to the Entra authority: a line with the `Authorization` field, then the form.
  static let entra = FuzzTarget("entra") { bytes in
    var input = Input(bytes)
    let authorization = input.line() ?? ""
    let body = input.all()
    let town = try Town()
    let tenant = EntraSettings().tenantID
    for path in ["token", "devicecode"] {
      var request = HTTPRequest(
        method: "POST", origin: Town.origin, target: "/entra/\(tenant)/oauth2/v2.0/\(path)",
        body: body)
      request.headers["Content-Type"] = "application/x-www-form-urlencoded"
      request.headers["Authorization"] = authorization.isEmpty ? nil : authorization
      let response = town.emulator.respond(to: request, now: town.now).response
      try Town.judge(response, to: request)
    }
  }
}
