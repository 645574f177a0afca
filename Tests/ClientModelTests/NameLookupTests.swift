import ACSTypes
import Testing

@testable import ClientModel

@Suite("Names from the trusted service's directory")
struct NameLookupTests {
  private static func stranger(_ number: Int) -> CommunicationIdentifier {
    CommunicationIdentifier(rawID: "8:acs:aaaa_stranger\(1000 + number)")
  }

  private static func nameless(
    _ offset: Int64, from sender: CommunicationIdentifier
  ) -> ChatMessage {
    var one = message(offset, "hello", from: sender)
    one.senderDisplayName = ""
    return one
  }

  /// What the directory is asked, each question with the people in it.
  private final class Directory {
    var questions: [[CommunicationIdentifier]] = []
    var knows: (CommunicationIdentifier) -> String? = { _ in nil }
    var error: ServiceError?

    func answer(_ action: Effect.Action) -> EffectResult? {
      switch action {
      case .namePeople(let people, _):
        questions.append(people)
        if let error { return .failed(error) }
        return .people(
          people.compactMap { person in
            knows(person).map { Person(identifier: person, displayName: $0) }
          })
      case .listParticipants:
        return .participants([
          ChatParticipant(identifier: .alice, displayName: "Alice"),
          ChatParticipant(identifier: .bob, displayName: "Bob"),
        ])
      default: return FlowTester.healthy(action)
      }
    }
  }

  private func tester(_ directory: Directory) -> FlowTester {
    var state = ClientState.sample(hasGateway: false)
    state.settings.wantsEvents = true
    let tester = FlowTester(state)
    tester.step(.started)
    tester.answer(directory.answer)
    tester.step(.chatSignalled(.connected))
    tester.pass(.seconds(5), directory.answer)
    return tester
  }

  @Test("whom neither event nor roster names is looked up once, shown by that name, and kept")
  func lookedUp() {
    let world = KeptWorld()
    world.fill(.release, count: 3)
    let client = world.client(wantsEvents: true)
    var asked: [[CommunicationIdentifier]] = []
    func serve(_ action: Effect.Action) -> EffectResult? {
      guard case .namePeople(let people, _) = action else { return world.answer(action) }
      asked.append(people)
      return .people([Person(identifier: .carol, displayName: "Carol")])
    }
    client.pass(.seconds(3), serve)
    asked = []
    client.happens(.messageReceived(.release, Self.nameless(1000, from: .carol)))
    #expect(client.state.name(of: .carol, in: .release) == CommunicationIdentifier.carol.shortForm)
    client.pass(.seconds(3), serve)
    #expect(asked == [[.carol]])
    #expect(client.state.name(of: .carol, in: .release) == "Carol")
    for number in 0..<20 {
      client.happens(
        .messageReceived(.release, Self.nameless(2000 + Int64(number), from: .carol)))
      client.pass(.seconds(2), serve)
    }
    #expect(asked == [[.carol]])
    #expect(world.contacts[.carol] == "Carol")
    #expect(world.client().state.name(of: .carol, in: .lunch) == "Carol")
  }

  @Test("nobody is asked about whom the event or the roster names, and never the user")
  func named() {
    let directory = Directory()
    let tester = tester(directory)
    tester.happens(.messageReceived(.release, message(0, "hi", from: .carol)))
    tester.happens(.messageReceived(.release, Self.nameless(1, from: .bob)))
    tester.happens(.messageReceived(.release, Self.nameless(2, from: .alice)))
    tester.happens(
      .typingReceived(
        .release, TypingNotice(sender: .bob, displayName: "", receivedOn: tester.now)))
    tester.pass(.seconds(30), directory.answer)
    #expect(directory.questions == [])
  }

  @Test(
    "many are asked about in a few questions, one after another, and none again whom it does not know"
  )
  func batches() {
    let directory = Directory()
    directory.knows = { $0 == Self.stranger(7) ? "Seven" : nil }
    let tester = tester(directory)
    for round in 0..<3 {
      for number in 0..<45 {
        tester.happens(
          .messageReceived(
            .release, Self.nameless(Int64(round * 100 + number), from: Self.stranger(number))))
      }
      #expect(
        tester.state.ledger.ids { if case .namePeople = $0 { true } else { false } }.count <= 1)
      tester.pass(.seconds(10), directory.answer)
    }
    #expect(directory.questions.map(\.count) == [20, 20, 5])
    #expect(Set(directory.questions.joined()).count == 45)
    #expect(tester.state.name(of: Self.stranger(7), in: .release) == "Seven")
    #expect(
      tester.state.name(of: Self.stranger(8), in: .release) == Self.stranger(8).shortForm)
  }

  @Test(
    "without a directory, or with one that does not know the question, nothing is told nor asked again",
    arguments: [ServiceError.Code.refused, .notFound, .forbidden, .badAnswer])
  func none(code: ServiceError.Code) {
    let directory = Directory()
    directory.error = ServiceError(code, "No.")
    let tester = tester(directory)
    for number in 0..<5 {
      tester.happens(
        .messageReceived(.release, Self.nameless(Int64(number), from: Self.stranger(number))))
      tester.pass(.seconds(60), directory.answer)
    }
    #expect(directory.questions.count == 1)
    #expect(tester.state.notice == nil)
    #expect(tester.state.connectionStatus == .live)
  }

  @Test("a directory that cannot be reached is asked less and less often, and at last names them")
  func away() {
    let directory = Directory()
    directory.error = ServiceError(.unreachable, "Away.")
    directory.knows = { _ in "Somebody else" }
    let tester = tester(directory)
    tester.happens(.messageReceived(.release, Self.nameless(0, from: .carol)))
    tester.pass(.seconds(1800), directory.answer)
    #expect((3...14).contains(directory.questions.count))
    #expect(tester.state.notice == nil)
    #expect(tester.state.connectionStatus == .live)
    directory.error = nil
    tester.pass(.seconds(400), directory.answer)
    #expect(tester.state.name(of: .carol, in: .release) == "Somebody else")
  }

  @Test("an answer about others names nobody else's messages")
  func others() {
    let tester = tester(Directory())
    tester.happens(.messageReceived(.release, Self.nameless(0, from: .carol)))
    tester.pass(.seconds(5)) { action in
      if case .namePeople = action {
        return .people([Person(identifier: Self.stranger(1), displayName: "Other")])
      }
      return FlowTester.healthy(action)
    }
    #expect(
      tester.state.name(of: Self.stranger(1), in: .release) == Self.stranger(1).shortForm)
    #expect(tester.state.name(of: .carol, in: .release) == CommunicationIdentifier.carol.shortForm)
  }
}
