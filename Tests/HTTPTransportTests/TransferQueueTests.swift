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
}
