import ACSTypes
import ScriptKit
import Synchronization
import Testing

@testable import ClientModel

/// Clients with one defect each, which the checker has to name.
@Suite("Clients with a defect")
struct DefectTests {
  /// A defect: what others see of a client's state, by how often they looked before.
  struct Defect: Sendable, CustomTestStringConvertible {
    var rule: Violation.Rule
    var testDescription: String
    var seed: UInt64 = 5
    var client = 0
    var steps: [SimulationStep] = DefectTests.steps
    var change: @Sendable (inout ClientState, ChatThreadID, Int) -> Void
  }

  private static let steps: [SimulationStep] = [
    .person(0, .create(with: 0xFF)), .wait(3000), .person(1, .open(0)), .person(0, .pin),
    .person(0, .send), .wait(4000), .person(1, .send), .wait(4000), .person(0, .send),
    .wait(4000),
  ]

  static let defects: [Defect] = [
    Defect(rule: .receipts, testDescription: "a receipt goes back") { state, id, looks in
      guard looks / 7 % 2 == 1 else { return }
      for person in state.conversations[id]?.receipts.keys.map(\.self) ?? [] {
        state.conversations[id]?.receipts[person]?.messageID = ChatMessageID("1")
      }
    },
    Defect(rule: .versions, testDescription: "what was deleted comes back") { state, id, looks in
      guard looks / 50 % 2 == 1, var message = state.conversations[id]?.messages.last else {
        return
      }
      message.version += 1000
      message.deletedOn = message.createdOn
      state.conversations[id]?.put(message)
    },
    Defect(rule: .memory, testDescription: "names are gathered for ever") { state, _, _ in
      for number in 0..<10 {
        state.contacts[CommunicationIdentifier(rawID: "8:acs:\(number)")] = "x"
      }
    },
    Defect(rule: .memory, testDescription: "messages are gathered for ever") { state, id, _ in
      for place in Int64(1)...400 {
        state.conversations[id]?.put(
          ChatMessage(
            id: ChatMessageID(String(place)), sequenceID: place, version: place,
            content: .text("x"), senderDisplayName: "", sender: nil,
            createdOn: Timestamp(milliseconds: place)))
      }
    },
    Defect(rule: .unread, testDescription: "a count is too high") { state, id, _ in
      let later = state.now + .seconds(60)
      state.threads.noteMessage(in: id, on: later, isSeen: false)
    },
    Defect(rule: .order, testDescription: "two messages are swapped") { state, id, _ in
      guard var messages = state.conversations[id]?.messages, messages.count > 3 else { return }
      let first = messages[1]
      messages.replace(at: 1, with: messages[2])
      messages.replace(at: 2, with: first)
      state.conversations[id]?.messages = messages
    },
    Defect(rule: .sameMessages, testDescription: "a message stands under another name") {
      state, id, _ in
      guard var message = state.conversations[id]?.messages.last else { return }
      message.senderDisplayName = "somebody"
      swapLast(message, in: id, &state)
    },
    Defect(rule: .sameMessages, testDescription: "a message has another sender") { state, id, _ in
      guard var message = state.conversations[id]?.messages.last else { return }
      message.sender = CommunicationIdentifier(rawID: "8:acs:nobody")
      swapLast(message, in: id, &state)
    },
    Defect(rule: .sameMessages, testDescription: "a message was sent at another time") {
      state, id, _ in
      guard var message = state.conversations[id]?.messages.last else { return }
      message.createdOn = message.createdOn + .seconds(60)
      swapLast(message, in: id, &state)
    },
    Defect(rule: .accounted, testDescription: "an Enter asks for nothing") { state, id, _ in
      for entry in state.outbox[id] { _ = state.outbox.remove(entry.record.clientID, in: id) }
    },
    Defect(rule: .effects, testDescription: "an effect never ends") { state, _, _ in
      _ = state.ledger.add(.listReceipts(ChatThreadID("x")), deadline: .epoch)
    },
    Defect(rule: .effects, testDescription: "an effect is forgotten") { state, _, _ in
      for id in state.ledger.ids(where: { _ in true }) { _ = state.ledger.settle(id) }
    },
    Defect(rule: .samePeople, testDescription: "somebody is missing") { state, id, _ in
      state.conversations[id]?.participants = []
    },
    Defect(rule: .sameThreads, testDescription: "a topic is another") { state, id, _ in
      state.threads.rename(id, to: "another", version: .max)
    },
    Defect(rule: .sameThreads, testDescription: "a thread is not there") { state, id, _ in
      // Once all is quiet.
      if state.now > Timestamp(milliseconds: 1_795_228_297_000) { state.threads.remove(id) }
    },
    Defect(rule: .sameMessages, testDescription: "a message is shown that nobody sent") {
      state, id, _ in
      guard let last = state.conversations[id]?.messages.last else { return }
      let place = ChatMessageID(String(last.id.place + 1))
      state.conversations[id]?.put(
        ChatMessage(
          id: place, sequenceID: 9, version: last.id.place + 1, content: .text("nobody's"),
          senderDisplayName: "", sender: last.sender, createdOn: last.createdOn))
    },
    Defect(rule: .own, testDescription: "a pin comes and goes") { state, id, looks in
      if looks > 100, state.threads.entry(id)?.isPinned == true {
        state.threads.pin(id, looks / 7 % 2 == 0)
      }
    },
    Defect(rule: .search, testDescription: "nothing is found") { state, _, _ in
      state.search?.hits = []
    },
    Defect(rule: .replay, testDescription: "a state is not what happened", seed: 10) {
      state, _, _ in
      state.viewport = Viewport(columns: 61, rows: 12)
    },
    Defect(rule: .rest, testDescription: "a change waits for ever") { state, id, _ in
      let record = OutboxRecord(
        clientID: "1", thread: id, intent: .send(text: "x"), writtenOn: state.now)
      state.outbox.append(OutboxEntry(record))
    },
    Defect(
      rule: .accounted, testDescription: "what failed is not told", client: 1,
      steps: [
        .person(0, .create(with: 0xFF)), .wait(3000), .person(1, .open(0)), .wait(2000),
        .trouble(.events(.lose, percent: 100)), .person(0, .removeElsewhere(1)), .wait(2500),
        .person(1, .send), .wait(5000),
      ]
    ) { state, id, _ in
      for entry in state.outbox[id] where entry.isFailed {
        _ = state.outbox.remove(entry.record.clientID, in: id)
      }
    },
  ]

  private static func swapLast(
    _ message: ChatMessage, in id: ChatThreadID, _ state: inout ClientState
  ) {
    guard var messages = state.conversations[id]?.messages, !messages.isEmpty else { return }
    messages.replace(at: messages.count - 1, with: message)
    state.conversations[id]?.messages = messages
  }

  @Test("receipts that are older after a kill are found")
  func receiptsOverRestart() throws {
    let plan = SimulationPlan(seed: 5, people: 2, steps: 0).with(DefectTests.steps)
    let outcome = try Simulation.run(plan, folder: nil) { world in
      let client = world.clients[0]
      client.lens = { [unowned client] state in
        var state = state
        guard client.starts > 1 else { return state }
        for id in state.conversations.keys { state.conversations[id]?.receipts = [:] }
        return state
      }
    }
    #expect(outcome.violations.contains { $0.rule == .receipts && $0.client == "ann" })
  }

  /// What a service that refuses answers, when somebody on the way says that all is well.
  enum Loss: String, CaseIterable, Sendable {
    case send, edit, delete

    var deed: SimulationStep.Deed {
      switch self {
      case .send: .send
      case .edit: .edit(0)
      case .delete: .delete(0)
      }
    }

    var rule: Violation.Rule { self == .send ? .exactlyOnce : .accounted }
  }

  @Test("what is held for done and is not at the service is found", arguments: Loss.allCases)
  func lostChange(loss: Loss) throws {
    var plan = SimulationPlan(seed: 5, people: 2, steps: 0).with([
      .person(0, .create(with: 0xFF)), .wait(3000), .person(1, .open(0)), .wait(2000),
      .person(1, .send), .wait(4000), .trouble(.events(.lose, percent: 100)),
      .person(0, .removeElsewhere(1)), .wait(1200), .person(1, loss.deed), .wait(5000),
    ])
    plan.hasEvents = true
    #expect(try Simulation.run(plan, folder: nil).violations == [])
    let outcome = try Simulation.run(plan, folder: nil) { world in
      world.clients[1].passage.tamper = { request, response in
        guard response.status == 403, request.path.contains("/messages") else { return response }
        switch request.method {
        case "POST":
          return HTTPResponse(status: 201, body: Array(#"{"id":"1795228300000"}"#.utf8))
        case "PATCH", "DELETE": return HTTPResponse(status: 204)
        default: return response
        }
      }
    }
    #expect(
      outcome.violations.contains { $0.rule == loss.rule && $0.client == "bob" },
      "\(outcome.violations)")
  }

  @Test("are found, and named by the rule that they break", arguments: defects)
  func found(defect: Defect) throws {
    var plan = SimulationPlan(seed: defect.seed, people: 2, steps: 0).with(defect.steps)
    plan.hasEvents = true
    #expect(try Simulation.run(plan, folder: nil).violations == [])
    let looks = Mutex(0)
    let outcome = try Simulation.run(plan, folder: nil) { world in
      world.clients[defect.client].lens = { state in
        var state = state
        let number = looks.withLock { looks in
          looks += 1
          return looks
        }
        if let id = state.threads.entries.first?.thread.id { defect.change(&state, id, number) }
        return state
      }
    }
    let name = Simulation.names[defect.client]
    #expect(
      outcome.violations.contains { $0.rule == defect.rule && $0.client == name },
      "\(outcome.violations)")
  }
}
