import ACSClient
import ACSTypes
import ACSWire
import Services
import TestKit
import Testing

private struct NoAuthoriser: RequestAuthoriser {
  func authorise(_ request: HTTPRequest) async throws -> HTTPRequest { request }
}

@Suite("SMSClient")
struct SMSClientTests {
  private let clock = ManualClock()

  private func client(_ exchange: ScriptedExchange) -> SMSClient {
    SMSClient(
      endpoint: "https://contoso.example.com", exchange: exchange, authoriser: NoAuthoriser(),
      clock: clock, random: SeededRandom(seed: 7))
  }

  private func url(_ path: String) -> String {
    "https://contoso.example.com\(path)?api-version=2026-01-23"
  }

  @Test("each recipient has an id of its own and the time, and gets a result of its own")
  func send() async throws {
    let exchange = ScriptedExchange([
      .answer(
        "POST", url("/sms"), status: 202,
        body: #"{"value":[{"to":"+1","messageId":"m","httpStatusCode":202,"successful":true},"#
          + #"{"to":"+2","httpStatusCode":400,"errorMessage":"No.","successful":false}]}"#)
    ])
    let results = try await client(exchange).send(
      "Hi", from: "+0", to: ["+1", "+2"],
      options: SMSSendOptions(enableDeliveryReport: false, tag: "t"))
    #expect(results.map(\.successful) == [true, false])
    #expect(exchange.anomalies == [] && exchange.unmet == [])
    let sent = try SMSSendRequest(bytes: exchange.requests[0].body)
    #expect(sent.recipients.map(\.to) == ["+1", "+2"])
    #expect(sent.recipients.allSatisfy { $0.repeatabilityFirstSent == clock.now.httpDate })
    let ids = sent.recipients.compactMap(\.repeatabilityRequestID)
    #expect(Set(ids).count == 2)
    for id in ids {
      #expect(
        id.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/)
          != nil)
    }
    #expect(sent.options == SMSSendOptions(enableDeliveryReport: false, tag: "t"))
  }

  @Test("opt-outs are added, removed and asked for")
  func optOuts() async throws {
    let body = #"{"value":[{"to":"+2","httpStatusCode":200,"isOptedOut":true}]}"#
    let exchange = ScriptedExchange(
      ["add", "remove", "check"].map { action in
        .answer("POST", url("/sms/optouts:\(action)"), body: body)
      })
    let client = client(exchange)
    #expect(try await client.addOptOuts(of: ["+2"], from: "+0").count == 1)
    #expect(try await client.removeOptOuts(of: ["+2"], from: "+0").count == 1)
    #expect(try await client.checkOptOuts(of: ["+2"], from: "+0").first?.isOptedOut == true)
    #expect(exchange.anomalies == [] && exchange.unmet == [])
    for request in exchange.requests {
      #expect(
        String(decoding: request.body, as: UTF8.self)
          == #"{"from":"+0","recipients":[{"to":"+2"}]}"#)
    }
  }

  @Test(
    "the service's refusals tell what is wrong",
    arguments: [
      (
        HTTPResponse(
          status: 400, body: Array(#"{"From":["Invalid from phone number format."]}"#.utf8)),
        ServiceError.Code.refused, "From: Invalid from phone number format. [400]"
      ),
      (
        HTTPResponse(
          status: 401, body: Array(#"{"error":{"code":"Unauthorized","message":""}}"#.utf8)),
        .unauthenticated,
        "The service does not accept the credentials; sign in again or check the key. "
          + "[401 Unauthorized]"
      ),
      (
        HTTPResponse(status: 429, headers: ["Retry-After": "7"]), .throttled,
        "The service asks to slow down. [429]"
      ),
    ])
  func refusals(response: HTTPResponse, code: ServiceError.Code, words: String) async throws {
    let line = ScriptedExchange.Line.answer(
      "POST", url("/sms"), status: response.status, headers: response.headers, body: response.text)
    let exchange = ScriptedExchange([line])
    let error = await #expect(throws: ServiceError.self) {
      try await client(exchange).send("Hi", from: "+0", to: ["+1"])
    }
    #expect(error?.code == code)
    #expect(error?.message == "Failed sending the text message: \(words)")
    #expect(error?.retryAfter == (response.status == 429 ? .seconds(7) : nil))
  }
}
