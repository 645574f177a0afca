import ACSTypes
import Testing

@Suite("HTTPAddress")
struct HTTPAddressTests {
  @Test(
    "an address is taken apart",
    arguments: [
      ("http://127.0.0.1:7760/token", "http://127.0.0.1:7760", "/token"),
      ("HTTPS://Example.COM:443/Token?code=a%2Fb#top", "https://example.com", "/Token?code=a%2Fb"),
      ("http://localhost:80", "http://localhost", "/"),
      ("https://example.com?x=1", "https://example.com", "/?x=1"),
      ("https://example.com#/x", "https://example.com", "/"),
      ("ws://127.0.0.1:7760/gateway", "http://127.0.0.1:7760", "/gateway"),
      ("wss://example.com/gateway", "https://example.com", "/gateway"),
      ("http://[::1]:8080/a", "http://[::1]:8080", "/a"),
      ("http://[::1]/a", "http://[::1]", "/a"),
    ])
  func takenApart(text: String, origin: String, target: String) throws {
    let address = try #require(HTTPAddress(text))
    #expect(address.origin == origin)
    #expect(address.target == target)
  }

  @Test(
    "no other text is an address",
    arguments: [
      "", "example.com", "ftp://example.com/", "http://", "http:///token", "http://:80/",
      "http://a:b:80/", "http://example.com:0/", "http://example.com:65536/",
      "http://example.com:/",
      "http://example.com:8x/", "http://alice:secret@example.com/", "http://exa mple.com/",
      "http://example.com/\u{1B}[2J", "http://example.com/a b",
    ])
  func refused(text: String) {
    #expect(HTTPAddress(text) == nil)
  }

  @Test("the query is not shown")
  func queryHidden() {
    #expect(
      HTTPAddress("https://example.com/api/token?code=secret")?.withoutQuery
        == "https://example.com/api/token")
  }
}
