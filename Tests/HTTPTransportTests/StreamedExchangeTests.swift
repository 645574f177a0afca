import ACSTypes
import HTTPServing
import Services
import Synchronization
import TestKit
import Testing

@testable import HTTPTransport

@Suite("Bodies that go to a sink as they come", .timeLimit(.minutes(2)))
struct StreamedExchangeTests {
  /// Keeps what it is given, up to a number of bytes.
  private final class Sink: Sendable {
    private let state = Mutex((bytes: [UInt8](), pieces: 0))
    private let capacity: Int

    init(capacity: Int = .max) { self.capacity = capacity }

    var bytes: [UInt8] { state.withLock { $0.bytes } }
    var pieces: Int { state.withLock { $0.pieces } }

    func take(_ piece: [UInt8]) -> Bool {
      state.withLock { state in
        state.bytes += piece
        state.pieces += 1
        return state.bytes.count <= capacity
      }
    }
  }

  private func fetch(
    _ origin: String, into sink: Sink, limit: Int = .max, timeout: Duration = .seconds(20),
    over exchange: CurlExchange = CurlExchange()
  ) async throws -> HTTPResponse {
    try await StreamedExchange(over: exchange, limit: limit, take: sink.take)
      .exchange(HTTPRequest(method: "GET", origin: origin, target: "/file", timeout: timeout))
  }

  @Test(
    "an answer larger than memory may hold comes in pieces, and an answer that is none comes whole")
  func pieces() async throws {
    let size = CurlExchange.maximumAnswer + 1
    try await Loopback.serving(
      Answering { _ in
        .response(HTTPResponse(status: 200, body: [UInt8](repeating: 120, count: size)))
      }
    ) { world in
      let sink = Sink()
      let answer = try await fetch(world.server.origin, into: sink, over: world.exchange)
      #expect(answer.status == 200 && answer.body.isEmpty)
      #expect(sink.bytes.count == size && sink.pieces > 1)
    }
    try await Loopback.serving(
      Answering { _ in .response(HTTPResponse(status: 404, body: Array("no".utf8))) }
    ) { world in
      let sink = Sink()
      let answer = try await fetch(world.server.origin, into: sink, over: world.exchange)
      #expect(answer.status == 404 && answer.text == "no" && sink.pieces == 0)
    }
  }

  @Test(
    "more than is wanted ends it, announced or not",
    arguments: ["Content-Length: 4000000\r\n", ""])
  func limit(field: String) async {
    let peer = RawPeer(staysOpen: true) { _ in
      Array("HTTP/1.1 200 OK\r\n\(field)\r\n\(String(repeating: "x", count: 2_000_000))".utf8)
    }
    defer { peer.stop() }
    let sink = Sink()
    let error = await #expect(throws: TransportError.self) {
      try await fetch(peer.origin, into: sink, limit: 1 << 20)
    }
    #expect(error?.code == .tooLarge)
    #expect(error?.message == "GET \(peer.origin)/file was answered with more than 1 MiB.")
    #expect(field.isEmpty ? sink.bytes.count <= 1 << 20 : sink.bytes.isEmpty)
  }

  @Test("a sink that takes no more ends it")
  func full() async {
    let peer = RawPeer(staysOpen: true) { _ in
      Array("HTTP/1.1 200 OK\r\n\r\n\(String(repeating: "x", count: 100))".utf8)
    }
    defer { peer.stop() }
    let error = await #expect(throws: TransportError.self) {
      try await fetch(peer.origin, into: Sink(capacity: 10))
    }
    #expect(error?.code == .interrupted)
  }

  @Test("nothing for the time allowed ends it", arguments: ["", "HTTP/1.1 200 OK\r\n\r\nabc"])
  func silence(answer: String) async {
    let peer = RawPeer(staysOpen: true) { _ in Array(answer.utf8) }
    defer { peer.stop() }
    let error = await #expect(throws: TransportError.self) {
      try await fetch(peer.origin, into: Sink(), timeout: .seconds(1))
    }
    #expect(error?.code == .timedOut)
    #expect(error?.message == "GET \(peer.origin)/file brought nothing for 1.0 seconds.")
  }

  @Test("a body that ends early is an error, though its bytes came")
  func early() async {
    let peer = RawPeer { _ in Array("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nten bytes.".utf8)
    }
    defer { peer.stop() }
    let sink = Sink()
    let error = await #expect(throws: TransportError.self) {
      try await fetch(peer.origin, into: sink)
    }
    #expect(error?.code == .interrupted && sink.bytes.count == 10)
  }
}
