import ACSTypes
import ClientModel
import ScriptKit
import TestKit
import Testing

@Suite("The names of what happens")
struct HappeningNameTests {
  private static let thread = ChatThreadID("19:x@thread.v2")
  private static let person = CommunicationIdentifier(rawID: "8:acs:x")
  private static let message = ChatMessageID("1")

  /// Everything that a client asks for, with the name of its good end; `nil` for what ends without one.
  private static let actions: [(Effect.Action, String?)] = [
    (.renewToken, "token.issued"), (.listThreads(next: nil), "threads.done"),
    (.listMessages(thread, .newest), "messages.done"),
    (.readMessage(thread, message), "message.done"),
    (.listParticipants(thread), "participants.done"),
    (.createThread(topic: "T", participants: [], requestID: "1"), "create.done"),
    (.send(thread, clientID: "1", text: "x"), "send.done"),
    (.findSent(thread, clientID: "1", since: .epoch), "find.done"),
    (.edit(thread, message, clientID: "1", text: "x"), "edit.done"),
    (.delete(thread, message, clientID: "1"), "delete.done"),
    (.loadHistory(firstThreads: nil), "load.done"),
    (.openHistory(person, firstThreads: 1), "open.done"),
    (.loadMessages(thread, .newest), "load.done"),
    (.search("x", in: nil, before: nil), "search.done"), (.save([]), "save.done"),
    (.readThread(thread), "thread.done"), (.updateTopic(thread, topic: "x"), "topic.done"),
    (.addParticipants(thread, []), "add.done"), (.removeParticipant(thread, person), "remove.done"),
    (.listReceipts(thread), "receipts.done"), (.openEvents, "events.ended"),
    (.sendTyping(thread), "typing.done"), (.sendReadReceipt(thread, message), "receipt.done"),
    (.findPeople("x"), "people.done"), (.namePeople([person], seenIn: thread), "names.done"),
    (.openGateway, "gateway.done"),
    (.command(.accept(requestID: "1", callID: CallID("1"))), "command.done"),
    (.ring, "bell.rang"), (.redraw, nil), (.suspend, nil), (.cancel(EffectID(2)), nil),
    (.quit, "client.left"),
  ]

  /// What a writer says when something was asked for and ended.
  private func names(_ action: Effect.Action, _ result: EffectResult) -> [String] {
    var (writer, diary) = (DiaryWriter(), Diary())
    let state = RandomEvents.client()
    writer.write([], [Effect(id: EffectID(1), action: action)], state, to: &diary)
    writer.write([.finished(EffectID(1), result)], [], state, to: &diary)
    return diary.happenings.map(\.name)
  }

  @Test("are there for every effect, well or badly ended, and known to scripts")
  func effects() {
    var nouns: Set<String> = []
    for (action, name) in HappeningNameTests.actions {
      let done = names(action, .done)
      if let name { #expect(done.contains(name), "\(action): \(done)") }
      let failed = names(action, .failed(ServiceError(.timedOut, "too slow")))
      for name in done + failed { #expect(HappeningName.known.contains(name), "\(name)") }
      if let noun = name?.split(separator: "."), noun.last == "done" {
        #expect(failed.contains("\(noun[0]).failed"), "\(action): \(failed)")
        nouns.insert(String(noun[0]))
      }
    }
    #expect(nouns == Set(HappeningName.effects), "an effect is missing here, or in the list")
  }

  @Test("tell the first token from later ones, and one that did not come")
  func tokens() {
    var (writer, diary) = (DiaryWriter(), Diary())
    let state = RandomEvents.client()
    for (number, result) in [
      EffectResult.failed(ServiceError(.timedOut, "too slow")), .done, .done,
    ].enumerated() {
      let id = EffectID(number + 1)
      writer.write([], [Effect(id: id, action: .renewToken)], state, to: &diary)
      writer.write([.finished(id, result)], [], state, to: &diary)
    }
    #expect(diary.happenings.map(\.name) == ["token.failed", "token.issued", "token.renewed"])
    #expect(diary.happenings.first?.detail == "too slow")
  }

  @Test("are known to scripts, whatever event happens", arguments: [1, 2] as [UInt64])
  func events(seed: UInt64) {
    let state = RandomEvents.client()
    var events = RandomEvents(seed: seed)
    var (writer, diary) = (DiaryWriter(), Diary())
    for _ in 0..<3000 {
      writer.write([events.next(for: state).event], [], state, to: &diary)
    }
    let names = Set(diary.happenings.map(\.name))
    #expect(names.subtracting(HappeningName.known) == [])
    #expect(names.count >= 20, "\(names.sorted())")
  }

  @Test("stand in the reference once each")
  func reference() {
    let names = HappeningName.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(HappeningName.known.isSuperset(of: names))
  }
}
