import ACSAuth
import ACSTypes
import Configuration
import Glibc

extension TokenServiceSettings {
  /// What the config file says of the token service, with header values fetched from where it says they are.
  ///
  /// - Throws: `ServiceError` with code `.badSettings` when an environment variable that it names is not set.
  init(_ configuration: ClientConfiguration) throws {
    let service = configuration.tokenService
    self.init(
      url: service.url, method: service.isPost ? .post : .get,
      headers: try service.headers.map(TokenServiceSettings.header), body: service.body,
      userName: service.user, scopes: configuration.scopes.map(TokenScope.init),
      refreshURL: service.refreshURL)
  }

  private static func header(_ header: ClientConfiguration.Header) throws -> Header {
    switch header.source {
    case .text(let text):
      return Header(name: header.name, value: Secret(text))
    case .environment(let variable):
      guard let value = getenv(variable) else {
        throw ServiceError(
          .badSettings,
          "The header \(header.name) of the token service comes from $\(variable), which is not set."
        )
      }
      return Header(name: header.name, value: Secret(String(cString: value)))
    }
  }
}
