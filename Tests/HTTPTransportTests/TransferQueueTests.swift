import ACSTypes
import Services
import Testing

@testable import HTTPTransport

@Suite("The line of transfers to one origin")
struct TransferQueueTests {
  @Test(
    "64 run, the others begin in the order in which they came, but for those that were cancelled")
  func line() async throws {
    let origin = "http://127.0.0.1:1"
    let outgoing = try OutgoingRequest(HTTPRequest(method: "GET", origin: origin, target: "/"))
    _ = try await withCheckedThrowingContinuation { continuation in
      var queue = TransferQueue()
      let enters = { (number: UInt64) in
        queue.enters(.init(number: number, outgoing: outgoing, continuation: continuation))
      }
      #expect((1...64).allSatisfy { enters($0) })
      #expect((65...69).allSatisfy { !enters($0) })
      #expect(queue.remove(66)?.number == 66)
      // What runs, and what was taken out, does not wait.
      #expect(queue.remove(66) == nil && queue.remove(3) == nil)
      let name = outgoing.origin.text
      #expect((0..<4).map { _ in queue.next(after: name)?.number } == [65, 67, 68, 69])
      #expect(queue.next(after: name) == nil)
      #expect(enters(70) && !enters(71))
      #expect(queue.removeAll().map(\.number) == [71])
      continuation.resume(returning: HTTPResponse(status: 200))
    }
  }

  @Test("what waited has less time, and is told how much it was allowed")
  func timeAllowed() throws {
    let outgoing = try OutgoingRequest(
      HTTPRequest(
        method: "GET", origin: "http://127.0.0.1:1", target: "/", timeout: .seconds(1)))
    let rest = try #require(outgoing.after(.milliseconds(20)))
    #expect(rest.request.timeout == .milliseconds(980) && rest.timeAllowed == .seconds(1))
    #expect(rest.after(.milliseconds(980)) == nil)
  }
}
