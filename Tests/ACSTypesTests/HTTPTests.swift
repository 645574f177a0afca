import ACSTypes
import Testing

@Suite("HTTP values")
struct HTTPTests {
  @Test(
    "text is percent-encoded as Microsoft's Python SDK does it, and decoded",
    arguments: [
      ("19:aWu-N6_1~x.y@thread.v2", "19%3AaWu-N6_1~x.y%40thread.v2"),
      ("8:acs:a_b", "8%3Aacs%3Aa_b"), ("a b+c/d?e=f&g%", "a%20b%2Bc%2Fd%3Fe%3Df%26g%25"),
      ("é😀\u{0}", "%C3%A9%F0%9F%98%80%00"), ("", ""),
    ])
  func percentEncoding(text: String, encoded: String) {
    #expect(text.percentEncoded == encoded)
    #expect(encoded.percentDecoded == text)
  }

  @Test(
    "broken escapes and bytes that are not UTF-8 have no text",
    arguments: ["%", "%4", "%4g", "%FF", "a%C3"])
  func broken(encoded: String) {
    #expect(encoded.percentDecoded == nil)
  }

  @Test("lower-case escapes are decoded, and what needs none is left")
  func lenient() {
    #expect("19%3aa@b:c".percentDecoded == "19:a@b:c")
  }

  @Test("headers compare names without case")
  func headers() {
    var headers: HTTPHeaders = ["Content-Type": "a", "X": "1"]
    #expect(headers["content-type"] == "a")
    headers["CONTENT-TYPE"] = "b"
    headers.append(name: "x", value: "2")
    #expect(headers.fields.map(\.value) == ["1", "b", "2"])
    #expect(headers["X"] == "1")
    headers["x"] = nil
    #expect(headers.fields.map(\.name) == ["CONTENT-TYPE"])
    #expect(headers["Content_Type"] == nil)
  }

  @Test(
    "a request's parts are taken apart",
    arguments: [
      ("https://h:7751", "/a/b?c=d?e", "/a/b", "c=d?e", "h:7751"),
      ("http://h", "/", "/", "", "h"), ("http://h/", "/x?", "/x", "", "h"),
    ])
  func request(origin: String, target: String, path: String, query: String, host: String) {
    let request = HTTPRequest(method: "GET", origin: origin, target: target)
    #expect(request.path == path)
    #expect(request.query == query)
    #expect(request.host == host)
  }
}
