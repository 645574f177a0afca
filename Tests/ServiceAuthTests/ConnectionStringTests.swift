import ACSTypes
import Testing

@testable import ServiceAuth

struct ConnectionStringTests {
  @Test(
    "odd and right connection strings are read",
    arguments: [
      "endpoint=https://a.example/;accesskey=a2V5Cg==",
      "accesskey=a2V5Cg==;endpoint=https://a.example",
      "ENDPOINT=https://a.example//;AccessKey=a2V5Cg==;",
      " endpoint = https://a.example/ ; accesskey = a2V5Cg== \n",
      "endpoint=https://a.example/;accesskey=a2V5Cg==;unknown=1;;",
      "endpoint=a.example;accesskey=a2V5Cg==",
      "endpoint=HTTPS://A.Example:443/;accesskey=a2V5Cg==",
    ])
  func readable(text: String) throws {
    let read = try ConnectionString(Secret(text))
    #expect(read.endpoint == "https://a.example")
    #expect(read.accessKey.base64.reveal() == "a2V5Cg==")
  }

  @Test("writing and reading gives the same")
  func roundTrip() throws {
    let key = try AccessKey(base64: "a2V5Cg==")
    let string = ConnectionString(endpoint: "http://127.0.0.1:7750/", accessKey: key)
    #expect(
      string.text.reveal() == "endpoint=http://127.0.0.1:7750/;accesskey=a2V5Cg==")
    #expect(try ConnectionString(string.text) == string)
  }

  @Test(
    "wrong ones are refused by the element that is wrong, without the key",
    arguments: [
      ("", "The connection string has no endpoint."),
      ("endpoint", "An element of the connection string is not name=value."),
      ("endpoint=https://a.example/", "The connection string has no accesskey."),
      ("accesskey=a2V5Cg==", "The connection string has no endpoint."),
      (
        "endpoint=ftp://a.example/;accesskey=a2V5Cg==",
        "The endpoint of the connection string is no https:// or http:// address of a host."
      ),
      (
        "endpoint=https://user@a.example/;accesskey=a2V5Cg==",
        "The endpoint of the connection string is no https:// or http:// address of a host."
      ),
      (
        "endpoint=https://a.example/path;accesskey=a2V5Cg==",
        "The endpoint of the connection string is no https:// or http:// address of a host."
      ),
      (
        "endpoint=https://a.example?x=1;accesskey=a2V5Cg==",
        "The endpoint of the connection string is no https:// or http:// address of a host."
      ),
      (
        "endpoint=https://a;endpoint=https://b;accesskey=a2V5Cg==",
        "The connection string has the element endpoint twice."
      ),
    ])
  func refused(text: String, message: String) {
    #expect(
      throws: ServiceAuthError(
        .badConnectionString,
        "\(message) It should be endpoint=https://<host>/;accesskey=<Base64>.")
    ) { try ConnectionString(Secret(text)) }
  }

  @Test("a key that is no Base64 is refused without being quoted")
  func badKey() {
    let text = "endpoint=https://a.example/;accesskey=not*base64"
    let error = #expect(throws: ServiceAuthError.self) { try ConnectionString(Secret(text)) }
    #expect(error?.code == .badKey)
    #expect(error?.message.contains("not*base64") == false)
  }

  @Test("keys do not print")
  func redacted() throws {
    let string = try ConnectionString(Secret("endpoint=https://a.example/;accesskey=a2V5Cg=="))
    var dumped = ""
    dump(string, to: &dumped)
    for text in ["\(string)", "\(string.accessKey)", String(reflecting: string), dumped] {
      #expect(!text.contains("a2V5Cg"))
      #expect(!text.contains("107"))
    }
  }

  @Test(
    "Base64 for URLs is read back, and only that",
    arguments: [[], [0], [255, 254], [251, 255, 191], Array(0...255)] as [[UInt8]])
  func base64URL(bytes: [UInt8]) {
    let text = bytes.base64URL
    #expect(!text.contains { "+/=".contains($0) })
    #expect([UInt8](base64URL: text) == bytes)
    #expect([UInt8](base64URL: "a+b/") == nil)
    #expect([UInt8](base64URL: "a") == nil)
  }
}
