import ACSTypes
import ACSWire
import Testing

@Suite("SMS on the wire")
struct SMSTypesTests {
  @Test("a message is written in the service's order, options as asked")
  func message() throws {
    let recipient = SMSRecipient(
      to: "+14255550123", repeatabilityRequestID: "u",
      repeatabilityFirstSent: "Thu, 01 Jan 1970 00:00:00 GMT")
    let options = SMSSendOptions(
      enableDeliveryReport: true, tag: "t", deliveryReportTimeoutInSeconds: 60)
    let message = SMSSendRequest(
      from: "+14255550100", recipients: [recipient], message: "Hi", options: options)
    #expect(
      message.json.text
        == #"{"from":"+14255550100","smsRecipients":[{"to":"+14255550123","#
        + #""repeatabilityRequestId":"u","#
        + #""repeatabilityFirstSent":"Thu, 01 Jan 1970 00:00:00 GMT"}],"message":"Hi","#
        + #""smsSendOptions":{"enableDeliveryReport":true,"tag":"t","#
        + #""deliveryReportTimeoutInSeconds":60}}"#)
    #expect(try SMSSendRequest(bytes: message.bytes) == message)
  }

  @Test("results are read, and what is not known of them is written back")
  func results() throws {
    let text =
      #"{"value":[{"to":"+1","messageId":"m","httpStatusCode":202,"repeatabilityResult":"accepted","#
      + #""successful":true},{"to":"+2","httpStatusCode":400,"errorMessage":"No.","successful":false,"#
      + #""carrier":"x"}]}"#
    let page = try SMSSendResponse(text: text)
    #expect(page.value.map(\.successful) == [true, false])
    #expect(page.value.map(\.messageID) == ["m", nil])
    #expect(page.value[1].errorMessage == "No.")
    #expect(page.json.text == text)
    let error = #expect(throws: WireError.self) {
      try SMSSendResponse(text: #"{"value":[{"to":"+1","httpStatusCode":202}]}"#)
    }
    #expect(error?.path == "value[0].successful")
  }

  @Test("opt-outs are written and read")
  func optOuts() throws {
    let request = OptOutRequest(from: "+1", to: ["+2"])
    #expect(request.json.text == #"{"from":"+1","recipients":[{"to":"+2"}]}"#)
    #expect(try OptOutRequest(bytes: request.bytes) == request)
    let text =
      #"{"value":[{"to":"+2","httpStatusCode":200,"isOptedOut":true},"#
      + #"{"to":"3","httpStatusCode":400,"errorMessage":"No."}]}"#
    let page = try OptOutResponse(text: text)
    #expect(page.value.map(\.isOptedOut) == [true, nil])
    #expect(page.json.text == text)
  }

  @Test("each operation has its path and version")
  func requests() throws {
    let requests = SMSRequests(endpoint: "https://contoso.example.com/")
    let send = requests.send(SMSSendRequest(from: "+1", recipients: [], message: ""))
    #expect(send.method == "POST" && send.target == "/sms?api-version=2026-01-23")
    #expect(send.origin == "https://contoso.example.com")
    let body = OptOutRequest(from: "+1", to: [])
    let targets = [SMSRequests.OptOutAction.add, .remove, .check].map { action in
      SMSRequests(endpoint: "https://a", apiVersion: "v").optOuts(action, body).target
    }
    #expect(
      targets == [
        "/sms/optouts:add?api-version=v", "/sms/optouts:remove?api-version=v",
        "/sms/optouts:check?api-version=v",
      ])
  }
}
