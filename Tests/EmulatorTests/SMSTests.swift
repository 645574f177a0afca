import ACSTypes
import ACSWire
import TestKit
import Testing

@testable import Emulator

struct SMSTests {
  static let own = "+18335550100"
  static let url = "http://127.0.0.1:9/events"

  let bench: Bench

  init() throws {
    bench = try Bench()
  }

  /// Sends, signed, and gives the answer.
  func send(
    to numbers: [String], _ message: String = "Hello", from sender: String = SMSTests.own,
    ids: [String?] = [], options: JSONValue? = nil, version: String = "2021-03-07"
  ) -> HTTPResponse {
    let recipients = numbers.enumerated().map { index, number in
      SMSRecipient(
        to: number, repeatabilityRequestID: index < ids.count ? ids[index] : nil,
        repeatabilityFirstSent: "Sat, 21 Nov 2026 02:29:57 GMT")
    }
    var body = SMSSendRequest(from: sender, recipients: recipients, message: message).json.object
    body?["smsSendOptions"] = options
    return bench.signed(
      bench.request("POST", "/sms", body.map { .object($0) }, version: version))
  }

  func rows(_ response: HTTPResponse) throws -> [SMSSendResult] {
    #expect(response.status == 202)
    return try SMSSendResponse(bytes: response.body).value
  }

  /// What the administration interface tells of the messages.
  func outbox() throws -> [JSONValue] {
    let reply = bench.emulator.administer(
      HTTPRequest(
        method: "GET", origin: "http://127.0.0.1:7753", target: "/sms",
        headers: ["Host": "127.0.0.1"]), now: bench.clock.now)
    return try JSONValue.parse(reply.response.body)["value"]?.array ?? []
  }

  func optOuts(
    _ change: String, _ numbers: String..., version: String = "2026-01-23"
  ) throws -> [OptOutResult] {
    let response = bench.signed(
      bench.request(
        "POST", "/sms/optouts:\(change)", OptOutRequest(from: SMSTests.own, to: numbers).json,
        version: version))
    #expect(response.status == 200)
    return try OptOutResponse(bytes: response.body).value
  }

  @Test("a good and a bad number get a row each, and the good one its message")
  func rowsOfOneRequest() throws {
    let rows = try rows(send(to: ["+14255550123", "+1425555012345", "+14255550123"]))
    #expect(rows.map(\.to) == ["+14255550123", "+1425555012345", "+14255550123"])
    #expect(rows.map(\.httpStatusCode) == [202, 400, 202])
    #expect(rows.map(\.successful) == [true, false, true])
    #expect(rows[1].errorMessage == "Invalid To phone number format.")
    #expect(rows[1].messageID == nil && rows[1].repeatabilityResult == nil)
    let id = try #require(rows[0].messageID)
    #expect(id.hasPrefix("Outgoing_20261121022957") && id.hasSuffix("_noam"))
    #expect(rows[2].messageID != id)
    #expect(try outbox().map { $0["messageId"]?.string } == [id, rows[2].messageID])
    #expect(try outbox()[0]["message"] == "Hello")
  }

  @Test("the same repeatability id sends once to each number")
  func repeated() throws {
    let first = try rows(send(to: ["+14255550123", "+14255550124"], ids: ["a", "a"]))
    #expect(try rows(send(to: ["+14255550123", "+14255550124"], ids: ["a", "a"])) == first)
    #expect(try outbox().count == 2)
    let other = try rows(send(to: ["+14255550123"], "Bye", ids: ["a"]))
    #expect(other[0].repeatabilityResult == "rejected" && !other[0].successful)
    #expect(try outbox().count == 2)
  }

  @Test(
    "a sender that is none is refused in the words recorded, without an envelope",
    arguments: ["+1425555012345", "", "+", "14255", "+0425555012", "much too long a name"])
  func badSenders(sender: String) throws {
    // A short code is a sender, but not one of the resource's.
    let isCode = sender == "14255"
    let response = send(to: ["+14255550123"], from: sender)
    #expect(response.status == (isCode ? 401 : 400))
    guard !isCode else { return }
    #expect(response.text == #"{"From":["Invalid from phone number format."]}"#)
    #expect(response.headers["Content-Type"] == "application/json; charset=utf-8")
    #expect(try outbox().isEmpty)
  }

  @Test("another's number is not a sender", arguments: ["+15550000000", "+14255550123"])
  func foreignSenders(sender: String) throws {
    try expectError(send(to: ["+14255550123"], from: sender), 401, "Unauthorized", "")
  }

  @Test("a recipient without a plus fails the whole request")
  func noPlus() throws {
    #expect(send(to: ["+14255550123", "14255550124"]).status == 400)
    #expect(try outbox().isEmpty)
  }

  @Test("limits of recipients and length", arguments: [0, 1, 100, 101])
  func limits(count: Int) throws {
    let numbers = (0..<count).map { "+1425555\(1000 + $0)" }
    #expect(send(to: numbers).status == (1...100 ~= count ? 202 : 400))
    #expect(send(to: ["+14255550123"], String(repeating: "é", count: 2048)).status == 202)
    #expect(send(to: ["+14255550123"], String(repeating: "é", count: 2049)).status == 400)
  }

  @Test(
    "the time-out of reports is checked since its version", arguments: [59, 60, 43_200, 43_201])
  func reportTimeouts(seconds: Int) throws {
    let options: JSONValue = [
      "enableDeliveryReport": true, "deliveryReportTimeoutInSeconds": .integer(Int64(seconds)),
    ]
    let isGood = 60...43_200 ~= seconds
    #expect(
      send(to: ["+14255550123"], options: options, version: "2026-01-23").status
        == (isGood ? 202 : 400))
    #expect(send(to: ["+14255550123"], options: options).status == 202)
  }

  @Test("a partner is taken when it is whole")
  func messagingConnect() throws {
    func send(_ partner: JSONValue) -> HTTPResponse {
      self.send(
        to: ["+14255550123"],
        options: ["enableDeliveryReport": false, "messagingConnect": partner],
        version: "2026-01-23")
    }
    #expect(send(["apiKey": "k", "partner": "p"]).status == 202)
    let refused = send(["apiKey": "k"])
    #expect(refused.status == 400)
    let body = try JSONValue.parse(refused.body)
    #expect(body["error"] == nil)
    #expect(body["SmsSendOptions.messagingConnect.partner"]?.array?.count == 1)
  }

  @Test("what lacks in a body is told in no envelope")
  func missing() throws {
    let response = bench.signed(
      bench.request("POST", "/sms", ["message": "Hello"], version: "2021-03-07"))
    #expect(response.status == 400)
    #expect(response.headers["Content-Type"] == "application/json; charset=utf-8")
    #expect(try JSONValue.parse(response.body)["From"]?.array?.count == 1)
  }

  @Test("a delivery is reported to Event Grid when it was asked for")
  func report() throws {
    try bench.subscribe(SMSTests.url)
    _ = send(to: ["+14255550123"])
    #expect(bench.eventPosts().isEmpty)
    let rows = try rows(
      send(to: ["+14255550123"], options: ["enableDeliveryReport": true, "tag": "May"]))
    let post = try #require(bench.eventPosts().first)
    let event = try #require(try [EventGridEvent](bytes: post.body).first)
    #expect(event.id == rows[0].messageID)
    #expect(event.subject == "/phonenumber/18335550100")
    guard
      case .unknown("Microsoft.Communication.SMSDeliveryReportReceived", let data) = event.content
    else {
      Issue.record("\(event.content)")
      return
    }
    #expect(data["deliveryStatus"] == "Delivered" && data["tag"] == "May")
    #expect(data["receivedTimestamp"] == "2026-11-21T02:29:57.0000000Z")
  }

  @Test("opting out, checking and opting in again")
  func optingOut() throws {
    try bench.subscribe(SMSTests.url)
    #expect(try optOuts("check", "+14255550123")[0].isOptedOut == false)
    #expect(try optOuts("add", "+14255550123", "+1425").map(\.httpStatusCode) == [200, 400])
    #expect(try optOuts("add", "+14255550123")[0].isOptedOut == nil)
    #expect(try optOuts("check", "+14255550123")[0].isOptedOut == true)
    _ = send(to: ["+14255550123"], options: ["enableDeliveryReport": true])
    let report = try #require(bench.eventPosts().first)
    #expect(report.text.contains(#""deliveryStatus":"Failed""#))
    #expect(report.text.contains("Sender blocked for given recipient."))
    #expect(try outbox().map { $0["status"] } == ["OptedOut"])
    #expect(try optOuts("remove", "+14255550123")[0].httpStatusCode == 200)
    #expect(try optOuts("check", "+14255550123")[0].isOptedOut == false)
  }

  @Test("opt-outs came with a later version")
  func oldVersion() {
    let body = OptOutRequest(from: SMSTests.own, to: ["+14255550123"]).json
    let request = bench.request("POST", "/sms/optouts:check", body, version: "2021-03-07")
    #expect(bench.signed(request).status == 404)
  }

  @Test("a message that comes is told to Event Grid, and STOP opts out")
  func incoming() throws {
    try bench.subscribe(SMSTests.url)
    let reply = bench.emulator.administer(
      HTTPRequest(
        method: "POST", origin: "http://127.0.0.1:7753", target: "/sms/incoming",
        headers: ["Host": "localhost"],
        body: ([
          "from": "+14255550123", "to": .string(SMSTests.own), "message": "Stop",
        ] as JSONValue).bytes), now: bench.clock.now)
    #expect(reply.response.status == 201)
    let posts = bench.eventPosts()
    #expect(posts.map(\.url) == [SMSTests.url])
    #expect(posts[0].text.contains("Microsoft.Communication.SMSReceived"))
    #expect(try optOuts("check", "+14255550123")[0].isOptedOut == true)
  }

  @Test("without a signature nothing is sent")
  func unsigned() throws {
    #expect(bench.send(bench.request("POST", "/sms", version: "2021-03-07")).status == 401)
  }
}

extension WebhookDelivery {
  fileprivate var text: String { String(decoding: body, as: UTF8.self) }
}
