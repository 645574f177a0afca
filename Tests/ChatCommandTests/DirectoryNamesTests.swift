import ACSTypes
import Services
import Synchronization
import TestKit
import Testing

@testable import confab

/// A directory that knows everybody whose number is even, and notes what it is asked.
private final class EvenDirectory: Directory {
  private let state = Mutex<(questions: [Int], failure: ServiceError?)>(([], nil))

  /// About how many it was asked, each time.
  var questions: [Int] { state.withLock { $0.questions } }

  func fail(_ failure: ServiceError?) { state.withLock { $0.failure = failure } }

  func people(matching text: String) async throws -> [Person] { [] }

  func people(_ identifiers: [CommunicationIdentifier]) async throws -> [Person] {
    let failure = state.withLock { state in
      state.questions.append(identifiers.count)
      return state.failure
    }
    if let failure { throw failure }
    let known = identifiers.compactMap { identifier -> Person? in
      guard let number = Int(identifier.rawID.dropFirst(6)), number.isMultiple(of: 2)
      else { return nil }
      return Person(identifier: identifier, displayName: "Number \(number)")
    }
    // One who was not asked about, as of a service that does not know the question.
    return known + [Person(identifier: person(9999), displayName: "Somebody else")]
  }
}

private func person(_ number: Int) -> CommunicationIdentifier {
  CommunicationIdentifier(rawID: "8:acs:\(number)")
}

@Suite("Names that confab chat asks the directory for")
struct DirectoryNamesTests {
  private let directory = EvenDirectory()
  private let clock = ManualClock()

  @Test("many are asked about in a few questions, and nobody twice")
  func batches() async {
    var names = DirectoryNames(directory, clock: clock)
    let people = (0..<45).map(person)
    await names.ask(about: people + people)
    #expect(directory.questions == [20, 20, 5])
    #expect(names[person(2)] == "Number 2" && names[person(3)] == nil)
    #expect(names[person(9999)] == nil)
    await names.ask(about: people)
    await names.ask(about: [CommunicationIdentifier(rawID: "4:+491234")])
    #expect(directory.questions.count == 3)
  }

  @Test("after so many people nobody is asked about any more")
  func bounded() async {
    var names = DirectoryNames(directory, clock: clock)
    await names.ask(about: (0..<2000).map(person))
    await names.ask(about: (2000..<2100).map(person))
    #expect(directory.questions.reduce(0, +) == DirectoryNames.limit)
  }

  @Test("one that does not answer is left alone for a while, then asked again")
  func failure() async {
    var names = DirectoryNames(directory, clock: clock)
    directory.fail(ServiceError(.timedOut, "Slow."))
    await names.ask(about: (0..<45).map(person))
    await names.ask(about: [person(50)])
    #expect(directory.questions == [20])
    directory.fail(nil)
    clock.advance(by: .seconds(301))
    await names.ask(about: [person(0), person(50)])
    #expect(directory.questions == [20, 2])
    #expect(names[person(0)] == "Number 0" && names[person(50)] == "Number 50")
  }

  @Test("without a directory nobody is asked")
  func none() async {
    var names = DirectoryNames(nil, clock: clock)
    await names.ask(about: [person(0)])
    #expect(names[person(0)] == nil)
  }
}

/// Chat that tells nothing of anybody.
private struct SilentChat: UnaskedChat {}

@Suite("What confab chat calls people")
struct ChatNamesTests {
  @Test(
    "names that this machine has kept come after the directory's, and are read once, when one is wanted"
  )
  func ladder() async {
    let readings = Mutex(0)
    var names = ChatNames(DirectoryNames(EvenDirectory(), clock: ManualClock())) {
      readings.withLock { $0 += 1 }
      return [person(1): "One", person(2): "Two"]
    }
    let thread = ChatThreadID("19:a@thread.v2")
    func name(_ number: Int, said: String = "") async -> String {
      await names.name(of: person(number), said: said, in: thread, chat: SilentChat())
    }
    #expect(await name(1, said: "Uno") == "Uno")
    #expect(await name(2) == "Number 2")
    #expect(readings.withLock(\.self) == 0)
    #expect(await name(1) == "One")
    #expect(await name(3) == person(3).shortForm)
    #expect(readings.withLock(\.self) == 1)
  }
}
