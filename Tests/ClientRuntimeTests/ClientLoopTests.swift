import ACSTypes
import Cells
import ClientModel
import ClientRuntime
import KeyInput
import Phrases
import Services
import TestKit
import Testing
import Views

@Suite("The stepped loop")
struct ClientLoopTests {
  private let start = Timestamp(milliseconds: 1_795_255_200_000)

  private func makeLoop() -> ClientLoop {
    let settings = ClientSettings(
      displayName: "Alice", hasGateway: false, tokenServiceURL: "http://127.0.0.1/token",
      endpoint: "http://127.0.0.1", minutesFromUTC: 0)
    return ClientLoop(
      state: ClientState(settings: settings, viewport: Viewport(columns: 60, rows: 12)),
      theme: Theme(), phrases: .english, random: SeededRandom(seed: 7))
  }

  @Test("a step reduces its events in order, draws once and names the next deadline")
  func step() {
    var loop = makeLoop()
    let outcome = loop.step([.started, .resized(Viewport(columns: 40, rows: 10))], now: start)
    #expect(outcome.effects.map(\.action) == [.renewToken])
    #expect(outcome.frame.grid.size.columns == 40)
    #expect(outcome.nextDeadline == start + .seconds(90))
  }

  @Test("the clock's event comes by itself when its time has come, and only then")
  func clock() {
    var loop = makeLoop()
    let id = loop.step([.started], now: start).effects[0].id
    let failed = ServiceError(.unreachable, "Down.")
    let outcome = loop.step([.finished(id, .failed(failed))], now: start)
    guard let deadline = outcome.nextDeadline else {
      Issue.record("nothing waits")
      return
    }
    #expect(loop.step([], now: deadline - .milliseconds(1)).effects.isEmpty)
    var later = deadline
    var effects: [Effect] = []
    // The countdown ticks each second until the retry is due.
    while effects.isEmpty, later < start + .seconds(3) {
      let step = loop.step([], now: later)
      effects = step.effects
      later = step.nextDeadline ?? later + .seconds(1)
    }
    #expect(effects.map(\.action) == [.renewToken])
  }

  @Test("an idle loop names no deadline before its next poll")
  func idle() {
    var loop = makeLoop()
    let renew = loop.step([.started], now: start).effects[0].id
    let session = Session(
      identity: CommunicationIdentifier(rawID: "8:acs:a_b"), displayName: "Alice",
      scopes: [.chat], issuedOn: start, expiresOn: start + .seconds(86_400),
      renewOn: start + .seconds(80_000))
    let list = loop.step([.finished(renew, .session(session))], now: start).effects[0].id
    let outcome = loop.step([.finished(list, .threads(Page(values: [])))], now: start)
    #expect(outcome.effects.isEmpty)
    #expect(outcome.nextDeadline == start + .milliseconds(1800))
  }
}
