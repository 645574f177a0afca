import ACSTypes
import FoundationEssentials
import Testing
import TestKit

@testable import ServiceAuth

/// The flow of client credentials as Microsoft's own SDK had it with Entra itself.
@Suite(
  "The recorded flow of Entra",
  .enabled(if: Recordings.areThere, "../shared/acs/recordings is absent"))
struct RecordedFlowTests {
  /// The form that was posted, and the answer, as the recording's source has them.
  static let recorded: (form: String, answer: String)? = {
    let package = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4)
    let folder = (package.dropLast() + ["shared/acs/recordings/js-2021/identity"])
      .joined(separator: "/")
    let name = "communicationidentityclient_playbacklive_aad__successfully_creates_a_user.js"
    guard let data = try? Data(contentsOf: URL(filePath: "\(folder)/\(name)")) else { return nil }
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
    guard let post = lines.firstIndex(where: { $0.contains("/oauth2/v2.0/token', \"") }) else {
      return nil
    }
    let reply = lines[post...].first { $0.contains(".reply(200, {") }
    guard let form = lines[post].firstRange(of: ", \""),
      let start = reply?.firstIndex(of: "{"), let end = reply?.lastIndex(of: "}")
    else { return nil }
    return (
      String(lines[post][form.upperBound...].dropLast(2)),
      reply.map { String($0[start...end]) } ?? ""
    )
  }()

  static func fields(_ form: String) -> [String: String] {
    Dictionary(
      form.split(separator: "&").map { field in
        let parts = field.split(separator: "=", maxSplits: 1)
        return (String(parts[0]), String(parts.last ?? ""))
      }
    ) { $1 }
  }

  @Test("the same form is sent, and the answer is understood")
  func flow() async throws {
    let recorded = try #require(RecordedFlowTests.recorded)
    var expected = RecordedFlowTests.fields(recorded.form)
    // An id for Microsoft's logs, and a scope that the recording does not tell.
    expected["client-request-id"] = nil
    expected["scope"] = "https%3A%2F%2Fcommunication.azure.com%2F%2F.default"

    let cloud = Cloud([
      .answer(
        "POST", "https://login.microsoftonline.com/SomeTenantId/oauth2/v2.0/token",
        body: recorded.answer)
    ])
    let source = ClientSecretIdentity(
      authority: try cloud.authority(tenant: "SomeTenantId"), clientID: "SomeClientId"
    ) { Secret("azure_client_secret") }
    let token = try await source.token()
    #expect(token.token.reveal() == "sanitized")
    #expect(token.expiresOn == cloud.clock.now + .seconds(86_399))
    let sent = try #require(cloud.exchange.requests.first)
    #expect(RecordedFlowTests.fields(String(decoding: sent.body, as: UTF8.self)) == expected)
    #expect(cloud.isSettled)
  }
}
