import ACSTypes
import HTTPServing
import HTTPTransport
import Services
import Synchronization
import TestKit
import Testing

@Suite("Exchanges over loopback", .timeLimit(.minutes(2)))
struct ExchangeTests {
  @Test(
    "the request target arrives byte for byte",
    arguments: [
      "/", "/identities/8%3Aacs%3Aabc_1/:issueAccessToken?api-version=2023-10-01",
      "/a/../b/./c//d", "/with%20blank%2Fslash?q=%41+b%00&empty=&&x", "/päth/þ?q=日本",
      "/calling/callConnections/abc:terminate", "/'\"<>[]{}|\\^`?'\"<>[]{}|\\^`", "/?",
    ])
  func target(target: String) async throws {
    try await Loopback.serving(Answering.echo) { world in
      let answer = try await world.send("GET", target)
      #expect(answer.status == 200)
      #expect(lines(answer)[2] == target)
    }
  }

  @Test("method, body and length arrive", arguments: ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
  func methods(method: String) async throws {
    try await Loopback.serving(Answering.echo) { world in
      let body = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
      let answer = try await world.send(method, "/x", body: body)
      #expect(lines(answer)[0] == method)
      #expect(Array(answer.body.suffix(body.count)) == body)
      let empty = try await world.send(method, "/x")
      #expect(lines(empty)[0] == method)
      #expect(empty.text.hasSuffix("\n\n"))
      let length = lines(empty).contains("Content-Length: 0")
      #expect(length == ["POST", "PUT", "PATCH"].contains(method))
    }
  }

  @Test("HEAD brings the head only")
  func head() async throws {
    try await Loopback.serving(Answering.echo) { world in
      let answer = try await world.send("HEAD", "/x")
      #expect(answer.status == 200)
      #expect(answer.body.isEmpty)
      #expect(Int(answer.headers["Content-Length"] ?? "") ?? 0 > 0)
    }
  }

  @Test("header fields arrive as sent, repeated and empty ones too, and none is invented")
  func headers() async throws {
    try await Loopback.serving(Answering.echo) { world in
      var headers: HTTPHeaders = ["x-ms-date": "Sat, 21 Nov 2026 02:29:57 GMT", "X-Empty": ""]
      headers.append(name: "X-Twice", value: "one")
      headers.append(name: "x-twice", value: "zwei, drei; ü")
      headers.append(name: "Authorization", value: "Bearer abc.def")
      let answer = try await world.send("POST", "/", headers: headers, body: Array("{}".utf8))
      let host = "127.0.0.1:\(world.server.port)"
      #expect(
        lines(answer) == [
          "POST", "http://\(host)", "/", "Host: \(host)", "User-Agent: confab/test",
          "Accept: */*", "Accept-Encoding: \(acceptEncoding(answer))",
          "x-ms-date: Sat, 21 Nov 2026 02:29:57 GMT", "X-Empty: ", "X-Twice: one",
          "x-twice: zwei, drei; ü", "Authorization: Bearer abc.def", "Content-Length: 2", "", "{}",
        ])
    }
  }

  @Test("answers arrive with status, fields and body", arguments: [200, 204, 301, 404, 429, 500])
  func answers(status: Int) async throws {
    let handler = Answering { _ in
      var headers: HTTPHeaders = ["Location": "/elsewhere", "Retry-After": "3"]
      headers.append(name: "X-Twice", value: "one")
      headers.append(name: "X-Twice", value: "two")
      headers.append(name: "X-Broken", value: "line\r\nX-Injected: yes")
      let body = status == 204 ? [] : Array("ünïcode".utf8)
      return .response(HTTPResponse(status: status, headers: headers, body: body))
    }
    try await Loopback.serving(handler) { world in
      let answer = try await world.send()
      #expect(answer.status == status)
      #expect(answer.text == (status == 204 ? "" : "ünïcode"))
      #expect(answer.headers.fields.filter { $0.name == "X-Twice" }.map(\.value) == ["one", "two"])
      #expect(answer.headers["Retry-After"] == "3")
      #expect(answer.headers["X-Injected"] == nil)
      #expect(answer.headers["Date"].flatMap { Timestamp(httpDate: $0) } != nil)
    }
  }

  @Test("one connection serves request after request")
  func reuse() async throws {
    let handler = Answering { _ in .response(HTTPResponse(status: 200)) }
    try await Loopback.serving(handler, configure: { $0.maximumConnections = 1 }) { world in
      for _ in 0..<20 {
        let answer = try await world.send(timeout: .seconds(5))
        #expect(answer.status == 200)
      }
    }
  }

  @Test("200 requests at once all come back, each with its own answer")
  func concurrent() async throws {
    let handler = Answering { request in
      let target = request.target
      return .later {
        await Task.yield()
        return .response(HTTPResponse(status: 200, body: Array(target.utf8)))
      }
    }
    try await Loopback.serving(handler) { world in
      try await withThrowingTaskGroup(of: (String, String).self) { group in
        for number in 0..<200 {
          group.addTask { ("/\(number)", try await world.send("GET", "/\(number)").text) }
        }
        var seen: Set<String> = []
        for try await (target, text) in group {
          #expect(target == text)
          seen.insert(text)
        }
        #expect(seen.count == 200)
      }
    }
  }

  @Test("of many requests at once 64 have a connection; the others wait, and can be given up")
  func queue() async throws {
    let gate = Gate()
    let atOnce = Mutex((now: 0, most: 0))
    let handler = Answering { _ in
      .later {
        atOnce.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
        await gate.pass()
        atOnce.withLock { $0.now -= 1 }
        return .response(HTTPResponse(status: 200))
      }
    }
    try await Loopback.serving(handler) { world in
      try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<64 { group.addTask { try await world.send().status } }
        await gate.reached(by: 64)
        let waiting = (0..<40).map { _ in
          Task(executorPreference: Loopback.executor) { try await world.send().status }
        }
        for task in waiting.prefix(20) {
          task.cancel()
          let error = await #expect(throws: TransportError.self) { try await task.value }
          #expect(error?.code == .cancelled)
        }
        gate.open()
        for task in waiting.suffix(20) { #expect(try await task.value == 200) }
        for try await status in group { #expect(status == 200) }
      }
    }
    #expect(atOnce.withLock { $0.most } == 64)
  }

  @Test("a task may answer long after the request, while others are served")
  func late() async throws {
    let gate = Gate()
    let handler = Answering { request in
      request.path == "/late"
        ? .later {
          await gate.pass()
          return .response(HTTPResponse(status: 200, body: Array("late".utf8)))
        } : .response(HTTPResponse(status: 200, body: Array("now".utf8)))
    }
    try await Loopback.serving(handler) { world in
      async let late = world.send("GET", "/late")
      for _ in 0..<5 {
        let answer = try await world.send("GET", "/now")
        #expect(answer.text == "now")
      }
      gate.open()
      let answer = try await late
      #expect(answer.text == "late")
    }
  }
}

private func lines(_ answer: HTTPResponse) -> [String] {
  answer.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
}

private func acceptEncoding(_ answer: HTTPResponse) -> String {
  let line = lines(answer).first { $0.hasPrefix("Accept-Encoding: ") }
  return String(line?.dropFirst(17) ?? "")
}
