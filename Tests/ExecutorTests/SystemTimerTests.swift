import ACSTypes
import Executor
import Testing

struct SystemTimerTests {
  @Test("a wait lasts as long as it should")
  func wait() async throws {
    let start = SystemClock().now
    try await SystemTimer().wait(.milliseconds(30))
    #expect(SystemClock().now - start >= .milliseconds(29))
    try await SystemTimer().wait(.zero - .seconds(1))
  }

  @Test("a cancelled wait ends at once")
  func cancelled() async {
    await withTaskGroup(of: Bool.self) { group in
      group.addTask {
        do {
          try await SystemTimer().wait(.seconds(600))
          return false
        } catch {
          return error is CancellationError
        }
      }
      group.cancelAll()
      for await isCancelled in group { #expect(isCancelled) }
    }
  }
}
