import ACSTypes
import ACSWire
import Testing

@Suite("Errors of the service")
struct ServiceErrorTests {
  private func response(
    _ status: Int, _ body: String, _ headers: HTTPHeaders = [:]
  ) -> HTTPResponse {
    HTTPResponse(status: status, headers: headers, body: Array(body.utf8))
  }

  @Test("Identity's envelope is read")
  func errorEnvelope() throws {
    let text =
      #"{"error":{"code":"ValidationError","message":"Invalid scopes - Scopes field is required.","target":"scopes"}}"#
    let error = ServiceError(response(400, text), during: "issuing a token")
    #expect(error.code == .refused)
    #expect(error.serviceCode == "ValidationError")
    #expect(
      error.message
        == "Failed issuing a token: Invalid scopes - Scopes field is required. [400 ValidationError]"
    )
    #expect(try ErrorEnvelope(text: text).error.target == "scopes")
  }

  @Test("Chat's envelope is read, and written as Chat writes it")
  func communicationError() throws {
    let text = """
      {\r
        "CommunicationError": {\r
          "Code": "NotFound",\r
          "Message": "The specified thread id was not found.",\r
          "Details": []\r
        }\r
      }
      """
    let envelope = CommunicationErrorEnvelope(
      code: "NotFound", message: "The specified thread id was not found.")
    #expect(String(decoding: envelope.json.prettyBytes, as: UTF8.self) == text)
    #expect(try CommunicationErrorEnvelope(text: text) == envelope)
    let error = ServiceError(response(404, text))
    #expect(error.code == .notFound)
    #expect(error.status == 404)
    #expect(error.message == "The specified thread id was not found. [404 NotFound]")
  }

  @Test(
    "what SMS says of a request's members is read",
    arguments: [
      (
        #"{"From":["Invalid from phone number format."]}"#,
        "From: Invalid from phone number format. [400]"
      ),
      (
        #"{"title":"One or more validation errors occurred.","status":400,"#
          + #""errors":{"From":["Bad.","Worse."],"Message":["Too long."]}}"#,
        "From: Bad. From: Worse. Message: Too long. [400]"
      ),
      (#"{"title":"Bad Request","status":400}"#, "Bad Request [400]"),
      (
        #"{"error":{"code":"Unauthorized","message":""}}"#,
        "The service refused the request. [400 Unauthorized]"
      ),
      ("[1]", "The service refused the request. [400]"),
    ])
  func complaints(body: String, message: String) {
    #expect(ServiceError(response(400, body)).message == message)
  }

  @Test("without words of the service there are ours, and the servers' own reason is appended")
  func words() {
    let error = ServiceError(
      response(401, "", ["x-confab-why": "the token expired 5 minutes ago"]))
    #expect(
      error.message
        == "The service does not accept the credentials; sign in again or check the key. "
        + "(the token expired 5 minutes ago) [401]")
    #expect(error.code == .unauthenticated)
    #expect(ServiceError(response(502, "<html>")).code == .serviceFailed)
    #expect(ServiceError(response(404, #"{"code":404,"message":"no"}"#)).serviceCode == "404")
    #expect(ServiceError(response(302, "")).code == .badAnswer)
  }

  @Test(
    "how long to wait is read",
    arguments: [
      ("7", nil, .seconds(7)), ("0", nil, .zero), ("soon", nil, nil), (nil, nil, nil),
      ("-1", nil, nil), ("9223372036854775807", nil, .seconds(86_400)),
      ("Sat, 21 Nov 2026 02:30:57 GMT", "Sat, 21 Nov 2026 02:29:57 GMT", .seconds(60)),
      ("Sat, 21 Nov 2026 02:29:57 GMT", "Sat, 21 Nov 2026 02:30:57 GMT", .zero),
      ("Sat, 21 Nov 2026 02:30:57 GMT", nil, nil),
    ] as [(String?, String?, Duration?)])
  func retryAfter(text: String?, date: String?, expected: Duration?) {
    var headers = HTTPHeaders()
    headers["retry-after"] = text
    headers["Date"] = date
    let error = ServiceError(HTTPResponse(status: 429, headers: headers))
    #expect(error.code == .throttled)
    #expect(error.retryAfter == expected)
  }
}
