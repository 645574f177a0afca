import ACSTypes
import ClientModel
import Testing

@testable import ScriptKit

@Suite("A recording of a run")
struct RecordingTests {
  /// A recording of a client that was told of one step of the token flow, and the state to which it came.
  private func run(
    startedOn: Timestamp = .epoch, took: Duration = .zero
  ) -> (recording: Recording, state: ClientState) {
    var state = ClientState(
      settings: ClientSettings(
        displayName: "Alice", hasGateway: false, tokenServiceURL: "", endpoint: "",
        minutesFromUTC: 0),
      viewport: Viewport(columns: 80, rows: 24))
    let recording = Recording(state)
    let step = TokenFlowStep(id: 1, kind: .request, title: "GET", startedOn: startedOn, took: took)
    let occurrence = Occurrence(
      now: Timestamp(milliseconds: 1_795_255_200_000), entropy: 1, event: .tokenFlowed(step))
    _ = recording.record(occurrence, in: state)
    _ = reduce(into: &state, occurrence)
    return (recording, state)
  }

  @Test("a millisecond more or less is a difference, and is told")
  func millisecond() throws {
    let (recording, state) = run()
    #expect(try recording.difference(from: state) == nil)
    let difference = try recording.difference(
      from: run(startedOn: Timestamp(milliseconds: 1)).state)
    #expect(difference?.contains("1970-01-01T00:00:00.001Z") == true)
  }

  @Test("what no line of a state shows is a difference, too")
  func unseen() throws {
    // Of so long a time the text has only the first digits.
    let long = Duration.seconds(Int64.max / 4)
    let (recording, state) = run(took: long)
    #expect(try recording.difference(from: state) == nil)
    let difference = try recording.difference(from: run(took: long + .milliseconds(1)).state)
    #expect(difference?.contains("no line") == true)
  }
}
