import Services
import Testing

@testable import WebSocketFrames

@Suite("Framed connections")
struct FramedConnectionTests {
  @Test("the handshake's answer is the one of RFC 6455, 1.3")
  func handshake() {
    #expect(
      WebSocketHandshake.accept(forKey: "dGhlIHNhbXBsZSBub25jZQ==")
        == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
    #expect(WebSocketHandshake.isKey(WebSocketHandshake.newKey()))
    #expect(WebSocketHandshake.newKey() != WebSocketHandshake.newKey())
    #expect(!WebSocketHandshake.isKey("c2hvcnQ="))
    #expect(!WebSocketHandshake.isKey("not Base64 at all"))
  }

  @Test(
    "SHA-1 follows FIPS 180-4",
    arguments: [
      ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
      ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
      ),
    ])
  func digest(text: String, expected: String) {
    let digits = Array("0123456789abcdef")
    let hex = sha1(Array(text.utf8)).map { "\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }
    #expect(hex.joined() == expected)
  }

  @Test(
    "a text arrives whole however its bytes are cut",
    arguments: [0, 1, 125, 126, 65_535, 65_536, 1 << 20], [1, 7, 65_536])
  func texts(length: Int, chunk: Int) {
    guard length / chunk < 100_000 else { return }
    let text = String(repeating: "ø", count: length / 2) + (length % 2 == 1 ? "x" : "")
    let client = FrameSession(role: .client, maximumMessage: 1 << 20)
    let server = FrameSession(role: .server, maximumMessage: 1 << 20)
    #expect(client.send(text))
    deliver(from: client, to: server, chunk: chunk)
    #expect(server.takeMessages() == [text])
    #expect(server.send(text))
    deliver(from: server, to: client, chunk: chunk)
    #expect(client.takeMessages() == [text])
    #expect(client.end == nil && server.end == nil)
  }

  @Test("a ping is answered by itself")
  func ping() {
    let server = FrameSession(role: .server, maximumMessage: 1000)
    feed([0x89, 0x82, 1, 2, 3, 4, 0x68 ^ 1, 0x69 ^ 2], to: server)
    #expect(Array(server.outgoing) == [0x8A, 0x02, 0x68, 0x69])
  }

  @Test("a close is answered, and both sides know")
  func close() {
    let client = FrameSession(role: .client, maximumMessage: 1000)
    let server = FrameSession(role: .server, maximumMessage: 1000)
    client.close(code: 1000)
    #expect(client.end == nil)
    deliver(from: client, to: server, chunk: 100)
    #expect(server.end == .closed)
    #expect(!server.send("too late"))
    deliver(from: server, to: client, chunk: 100)
    #expect(client.end == .closed)
  }

  @Test(
    "a peer that breaks the rules is told the right code",
    arguments: [
      (
        "too long", [0x81, 0xFE, 0x04, 0x00, 0, 0, 0, 0, 1], 1009,
        "the peer sent a message that is too long"
      ),
      ("not UTF-8", [0x81, 0x81, 0, 0, 0, 0, 0xFF], 1007, "the peer sent text that is not UTF-8"),
      (
        "binary", [0x82, 0x81, 0, 0, 0, 0, 1], 1003,
        "the peer sent a binary message, which is not understood here"
      ),
      ("not masked", [0x81, 0x01, 0x41], 1002, "the peer broke the WebSocket protocol"),
      ("reserved opcode", [0x83, 0x80, 0, 0, 0, 0], 1002, "the peer broke the WebSocket protocol"),
      (
        "long ping", [0x89, 0xFE, 0x01, 0x00, 0, 0, 0, 0], nil,
        "the peer broke the WebSocket protocol"
      ),
    ] as [(String, [UInt8], Int?, String)])
  func broken(name: String, bytes: [UInt8], code: Int?, reason: String) {
    let server = FrameSession(role: .server, maximumMessage: 1000)
    feed(bytes, to: server)
    #expect(server.end == .broken(reason))
    let close: [UInt8] =
      code.map { [0x88, 0x02, UInt8($0 >> 8), UInt8($0 & 255)] as [UInt8] } ?? [0x88, 0x00]
    #expect(Array(server.outgoing.prefix(4)) == close)
    #expect(server.messages == [])
  }

  @Test(
    "the code of the peer's close tells a good end from a fault",
    arguments: [
      (1000, nil), (1001, nil), (1002, "the peer closed it with status 1002"),
      (1011, "the peer closed it with status 1011"),
    ] as [(UInt16, String?)])
  func closeCodes(code: UInt16, fault: String?) {
    let client = FrameSession(role: .client, maximumMessage: 1000)
    feed([0x88, 0x02, UInt8(code >> 8), UInt8(code & 255)], to: client)
    #expect(client.end == fault.map { .broken($0) } ?? .closed)
  }

  @Test("messages wait for a receiver, then the end is told")
  func channel() async throws {
    let channel = MessageChannel { _ in }
    let connection = FramedConnection(side: .client, peer: "ws://example", channel: channel)
    feed([0x81, 0x01, 0x41, 0x81, 0x01, 0x42], to: connection)
    connection.ended(nil)
    #expect(try await channel.receive() == "A")
    #expect(try await channel.receive() == "B")
    let error = await #expect(throws: TransportError.self) { try await channel.receive() }
    #expect(error?.code == .interrupted)
    #expect(
      error?.message
        == "The WebSocket to ws://example broke: the connection ended without a close.")
  }

  @Test("a receiver that is cancelled stops waiting and loses nothing")
  func cancellation() async throws {
    let channel = MessageChannel { _ in }
    let waiting = Task { try await channel.receive() }
    waiting.cancel()
    let error = await #expect(throws: TransportError.self) { try await waiting.value }
    #expect(error?.code == .cancelled)
    let connection = FramedConnection(side: .client, peer: "ws://example", channel: channel)
    feed([0x81, 0x01, 0x41], to: connection)
    #expect(try await channel.receive() == "A")
  }

  @Test("a peer that pings and reads no answer is read no more, until it does")
  func unreadPongs() {
    let connection = FramedConnection(
      side: .server, peer: "the client", channel: MessageChannel { _ in })
    // A ping of 125 bytes, 4,000 times at once.
    let ping: [UInt8] = [0x89, 0xFD, 0, 0, 0, 0] + [UInt8](repeating: 0x61, count: 125)
    let pings = [[UInt8]](repeating: ping, count: 4000).flatMap(\.self)
    var rounds = 0
    while connection.wantsInput, rounds < 100 {
      feed(pings, to: connection)
      rounds += 1
    }
    #expect(rounds < 100)
    connection.withOutput { $0.count }
    #expect(connection.wantsInput)
  }

  @Test("what a slow peer has read is not kept until it has read all")
  func readByBits() {
    let server = FrameSession(role: .server, maximumMessage: 1000)
    let text = String(repeating: "x", count: 60_000)
    #expect(server.send(text))
    for _ in 0..<100 {
      #expect(server.send(text))
      server.wrote(60_000)
    }
    #expect(server.outgoing.count < 1_000_000)
    #expect(server.outgoing.count - server.written < 100_000)
  }

  @Test("after the peer broke the rules the connection is closing, though nothing can be written")
  func closingAfterFault() {
    let connection = FramedConnection(
      side: .server, peer: "the client", channel: MessageChannel { _ in })
    feed([0x83, 0x80, 0, 0, 0, 0], to: connection)
    #expect(connection.isClosing && !connection.isFinished)
  }

  @Test("reading stops while too much waits, and goes on afterwards")
  func backPressure() async throws {
    let (orders, sink) = AsyncStream.makeStream(of: MessageChannel.Order.self)
    let channel = MessageChannel { sink.yield($0) }
    let connection = FramedConnection(side: .server, peer: "the client", channel: channel)
    let client = FrameSession(role: .client, maximumMessage: 1 << 20)
    let text = String(repeating: "x", count: 1 << 20)
    var sent = 0
    while connection.wantsInput, sent < 100 {
      #expect(client.send(text))
      client.outgoing.withUnsafeBytes { connection.received($0) }
      client.wrote(client.outgoing.count)
      sent += 1
    }
    #expect(sent == 4)
    for _ in 0..<3 { #expect(try await channel.receive() == text) }
    var iterator = orders.makeAsyncIterator()
    guard case .readOn? = await iterator.next() else {
      Issue.record("the channel did not ask to read on")
      return
    }
    connection.perform(.readOn)
    #expect(connection.wantsInput)
  }
}

private func feed(_ bytes: [UInt8], to session: FrameSession) {
  bytes.withUnsafeBytes { session.received($0) }
}

private func feed(_ bytes: [UInt8], to connection: FramedConnection) {
  bytes.withUnsafeBytes { connection.received($0) }
}

private func deliver(from sender: FrameSession, to receiver: FrameSession, chunk: Int) {
  let bytes = Array(sender.outgoing[sender.written...])
  sender.wrote(bytes.count)
  for start in stride(from: 0, to: bytes.count, by: chunk) {
    feed(Array(bytes[start..<min(start + chunk, bytes.count)]), to: receiver)
  }
}
