import Executor
import Glibc
import Testing

@Suite("PosixExecutor")
struct PosixExecutorTests {
  @Test("a task, its children and a default actor run on its threads")
  func threads() async {
    let executor = PosixExecutor(threads: 2, name: "spinning-mill")
    let names = await Task(executorPreference: executor) {
      let counter = Counter()
      var names = [threadName(), await counter.increment()]
      await withTaskGroup(of: String.self) { group in
        for _ in 0..<20 { group.addTask { threadName() } }
        for await name in group { names.append(name) }
      }
      return names
    }.value
    #expect(names.count == 22)
    #expect(Set(names) == ["spinning-mill"])
    executor.stop()
  }

  @Test("one thread keeps the order and loses nothing", arguments: [1, 2000])
  func order(count: Int) async {
    let executor = PosixExecutor(threads: 1, name: "serial")
    let seen = Signal<[Int]>([])
    let tasks = (0..<count).map { number in
      Task(executorPreference: executor) { seen.change { $0.append(number) } }
    }
    for task in tasks { await task.value }
    #expect(seen.wait { $0 } == Array(0..<count))
    executor.stop()
  }

  @Test("stop runs what is queued and ends the threads")
  func stop() {
    let executor = PosixExecutor(threads: 2, name: "ending-soon")
    let done = Signal(0)
    for _ in 0..<100 {
      Task(executorPreference: executor) { done.change { $0 += 1 } }
    }
    executor.stop()
    #expect(done.wait { $0 } == 100)
  }

  @Test("the calling thread waits for a task that suspends")
  func run() {
    let executor = PosixExecutor(threads: 1, name: "main-runs")
    let sum = executor.run {
      await withTaskGroup(of: Int.self) { group in
        for number in 1...10 { group.addTask { number } }
        return await group.reduce(0, +)
      }
    }
    #expect(sum == 55)
    executor.stop()
  }

  @Test("a wait with a limit gives up after it, and not before a change")
  func limit() {
    let signal = Signal(0)
    #expect(signal.wait(upTo: .milliseconds(20)) { $0 == 1 ? true : nil } == nil)
    let thread = PosixThread(name: "changer") { signal.change { $0 = 1 } }
    #expect(signal.wait(upTo: .seconds(20)) { $0 == 1 ? true : nil } == true)
    thread.join()
  }
}

private actor Counter {
  func increment() -> String { threadName() }
}

private func threadName() -> String {
  let file = open("/proc/thread-self/comm", O_RDONLY | O_CLOEXEC)
  defer { close(file) }
  var bytes = [UInt8](repeating: 0, count: 64)
  let count = read(file, &bytes, bytes.count)
  return String(decoding: bytes.prefix(max(0, count - 1)), as: UTF8.self)
}
