import Executor
import Testing

@testable import WebSocketFrames

@Suite("Fairness between sockets")
struct FairnessTests {
  @Test("a peer that never pauses does not keep the thread that all tasks share")
  func neverPausing() {
    let channel = MessageChannel { _ in }
    for number in 0..<1000 { _ = channel.arrived("\(number)") }
    let order = Signal<[String]>([])
    PosixExecutor(threads: 1, name: "test").run {
      await withDiscardingTaskGroup { group in
        group.addTask {
          for _ in 0..<1000 { _ = try? await channel.receive() }
          order.withLock { $0.append("the busy one") }
        }
        group.addTask { order.withLock { $0.append("the other") } }
      }
    }
    #expect(order.withLock { $0 } == ["the other", "the busy one"])
  }
}
