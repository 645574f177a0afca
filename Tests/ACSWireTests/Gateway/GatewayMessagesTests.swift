import ACSTypes
import ACSWire
import Testing

@Suite("The gateway's messages")
struct GatewayMessagesTests {
  private static let bob = CommunicationIdentifier(rawID: "8:acs:r_bob")

  @Test("each command is written as the contract says, and read back")
  func commands() throws {
    let call = CallID("c1")
    let rows: [(CallCommand, String)] = [
      (
        .start(requestID: "r1", target: Self.bob, threadID: ChatThreadID("19:a@thread.v2")),
        #"{"type":"start","requestId":"r1","target":"8:acs:r_bob","threadId":"19:a@thread.v2"}"#
      ),
      (
        .start(requestID: "r1", target: Self.bob, threadID: nil),
        #"{"type":"start","requestId":"r1","target":"8:acs:r_bob"}"#
      ),
      (
        .accept(requestID: "r2", callID: call),
        #"{"type":"accept","requestId":"r2","callId":"c1"}"#
      ),
      (
        .reject(requestID: "r3", callID: call),
        #"{"type":"reject","requestId":"r3","callId":"c1"}"#
      ),
      (
        .hangUp(requestID: "r4", callID: call),
        #"{"type":"hangUp","requestId":"r4","callId":"c1"}"#
      ),
      (
        .setMuted(requestID: "r5", callID: call, isMuted: true),
        #"{"type":"setMuted","requestId":"r5","callId":"c1","isMuted":true}"#
      ),
    ]
    for (command, text) in rows {
      #expect(command.json.text == text)
      #expect(try CallCommand(text: text) == command)
    }
  }

  @Test("each signal is written as the contract says, and read back")
  func signals() throws {
    let call = CallID("c1")
    let reason = CallEndReason(code: 603, subCode: 0, message: "Decline.")
    let rows: [(CallSignal, String)] = [
      (
        .welcome(version: 1, identity: Self.bob),
        #"{"type":"welcome","version":1,"identity":"8:acs:r_bob"}"#
      ),
      (
        .accepted(requestID: "r1", callID: call),
        #"{"type":"accepted","requestId":"r1","callId":"c1"}"#
      ),
      (
        .refused(requestID: "r1", reason: reason),
        #"{"type":"refused","requestId":"r1","reason":{"code":603,"subCode":0,"message":"Decline."}}"#
      ),
      (
        .incoming(callID: call, from: Self.bob, displayName: "Bob"),
        #"{"type":"incoming","callId":"c1","from":"8:acs:r_bob","displayName":"Bob"}"#
      ),
      (
        .state(callID: call, state: .connected, reason: nil),
        #"{"type":"state","callId":"c1","state":"connected"}"#
      ),
      (
        .state(callID: call, state: .disconnected, reason: reason),
        #"{"type":"state","callId":"c1","state":"disconnected","reason":{"code":603,"subCode":0,"message":"Decline."}}"#
      ),
      (
        .roster(
          callID: call, version: 3,
          participants: [CallParticipant(identifier: Self.bob, displayName: "Bob", isMuted: false)]),
        #"{"type":"roster","callId":"c1","version":3,"participants":[{"identifier":"8:acs:r_bob","displayName":"Bob","isMuted":false}]}"#
      ),
    ]
    for (signal, text) in rows {
      #expect(signal.json.text == text)
      #expect(try CallSignal(text: text) == signal)
    }
  }

  @Test("unknown types have a code of their own; unknown members and states do no harm")
  func unknown() throws {
    let later = #"{"type":"later","x":1}"#
    #expect(throws: WireError.self) { try CallSignal(text: later) }
    #expect((try? CallCommand(text: later)) == nil)
    let error = #expect(throws: WireError.self) { try CallCommand(text: later) }
    #expect(error?.code == .unknownType)
    let state = try CallSignal(
      text: #"{"type":"state","callId":"c1","state":"teleporting","new":{}}"#)
    #expect(state == .state(callID: CallID("c1"), state: .none, reason: nil))
    let broken = #expect(throws: WireError.self) {
      try CallSignal(text: #"{"type":"roster","callId":"c","version":1,"participants":[{}]}"#)
    }
    #expect(broken?.path == "participants[0].identifier")
  }
}
