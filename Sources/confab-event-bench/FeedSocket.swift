import ACSTypes
import ACSWire
import Services
import Synchronization

/// A socket that gives frames as fast as they are taken, and counts the answers.
final class FeedSocket: MessageSocket, MessageSocketConnector {
  private struct State {
    var given = 0
    var sent = 0
  }

  private let frames: [String]
  private let count: Int
  private let state = Mutex(State())

  /// Gives `count` of `frames`, one after the other and again from the first.
  init(_ frames: [String], count: Int) {
    self.frames = frames
    self.count = count
  }

  /// How many texts were sent.
  var sent: Int { state.withLock { $0.sent } }

  func connect(_ request: HTTPRequest) async throws -> any MessageSocket { self }

  func receive() async throws -> String? {
    let place = state.withLock { state in
      defer { state.given += 1 }
      return state.given
    }
    // Others may go first, as with a socket of the network.
    if place % 16 == 0 { await Task.yield() }
    if place == 0 { return "1::" }
    return place <= count ? frames[place % frames.count] : nil
  }

  func send(_ text: String) async throws {
    state.withLock { $0.sent += 1 }
  }

  func close() async {}
}

/// Frames in the service's form: eight messages to a receipt and a typing.
func sampleFrames() -> [String] {
  (0..<100).map { number in
    let event = RealTimeEvent(
      sender: "8:acs:1b5cc06b-f352-4571-b1e6-d9b259b7c776_00000007-1234-5678-90ab-cdef01234567",
      recipient: "8:acs:1b5cc06b-f352-4571-b1e6-d9b259b7c776_00000007-8765-4321-90ab-cdef01234567",
      transactionID: "DQTPaIGFvkGPSSxSpEgUvA.1.2.1.1.2104783310.1.0", content: content(number))
    let request = TunnelledRequest(
      id: number + 1, method: "POST",
      url: "/v4/f/9nfMf3hSk0eBBH1OFN02Tw0x6p1/\(event.kind?.listener ?? "")",
      headers: [
        "Content-Type": "application/json; charset=utf-8",
        "X-Microsoft-Skype-Message-ID": "4a5ea5b2-7b2c-4bb7-9a1e-0b6ea4ff0a7c",
        "trouter-request":
          #"{"id":"4a5ea5b2-7b2c-4bb7-9a1e-0b6ea4ff0a7c","src":"10.0.144.10","port":3443}"#,
        "MS-CV": "DQTPaIGFvkGPSSxSpEgUvA.0", "Trouter-Timeout": "10000",
      ], body: event.json.text)
    return SocketFrame(.message, data: request.json.text).text
  }
}

private func content(_ number: Int) -> RealTimeEvent.Content {
  let moment = Timestamp(milliseconds: 1_795_228_197_000 + Int64(number) * 1000)
  let thread = "19:acsV1_2Zk4bV3tq8ozZbX9n7Qpdf1kXWq5w2l0TLoyKcqUcB81@thread.v2"
  var message = RealTimeMessage(
    threadID: thread, id: "\(moment.milliseconds)",
    type: number % 10 == 1 ? "Control/Typing" : "Text", senderDisplayName: "Alice",
    version: "\(moment.milliseconds)", arrivedOn: WireTime(event: moment))
  switch number % 10 {
  case 0:
    return .messageRead(
      RealTimeReceipt(
        threadID: thread, messageID: "\(moment.milliseconds)", reader: "8:acs:alice",
        readOn: moment, visibleFrom: moment))
  case 1: return .typing(message)
  default:
    message.collapseID = "0bNKtFzXz0aCbOZ0FMpUYjEgPs4UzzhcKbOQMdWbXV8="
    message.body = "Shall we look at the numbers before lunch? \(number) of them are new."
    message.clientMessageID = ""
    message.priority = ""
    message.metadata = ["confabClientId": "4a5ea5b2-7b2c-4bb7-9a1e-0b6ea4ff0a7c"]
    return .messageReceived(message)
  }
}
